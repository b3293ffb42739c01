using System.Formats.Asn1;

namespace Digibee.Accounts;

public sealed class KerberosKdcReplyTests
{
    private static readonly KerberosKey Key = new(KerberosEncryption.Of(18)!, new byte[32]);

    [Fact]
    public void Read_OfAnAnswer_GivesClientServiceAndTicket()
    {
        var service = new KerberosPrincipal("B", KerberosNameType.ServiceInstance, "HTTP", "web.example");

        var reply = KerberosKdcReply.Read(KerberosTestMessages.Reply(13, Key, KerberosKeyUsage.TgsReply, [1], service: service), KerberosKdcReply.TgsReply);

        reply.Client.Is(KerberosTestMessages.Client).Should().BeTrue();
        reply.Service.Is(service).Should().BeTrue();
        reply.Ticket.Should().Equal(KerberosTestMessages.Ticket(service));
        reply.Sealed.EncryptionType.Should().Be(18);
        Key.TryDecrypt(KerberosKeyUsage.TgsReply, reply.Sealed.Ciphertext)!.Span.ToArray().Should().Equal(1);
    }

    [Fact]
    public void Read_OfAnotherAnswer_Throws() =>
        FluentActions.Invoking(static () => KerberosKdcReply.Read(KerberosTestMessages.Reply(13, Key, KerberosKeyUsage.TgsReply, [1]), KerberosKdcReply.AsReply)).Should().Throw<AsnContentException>();

    [Fact]
    public void Read_OfAnAnswerWithSomethingBehindIt_Throws() => FluentActions.Invoking(static () => KerberosKdcReply.Read([.. KerberosTestMessages.Reply(11, Key, KerberosKeyUsage.AsReply, [1]), 0], KerberosKdcReply.AsReply))
        .Should().Throw<AsnContentException>();
}
