using System.Formats.Asn1;

namespace Digibee.Accounts;

public sealed class KerberosKdcReplyPartTests
{
    [Theory]
    [InlineData(25)]
    [InlineData(26)]
    public void Read_OfEitherTag_GivesKeyTimesAndService(int tag)
    {
        var part = KerberosKdcReplyPart.Read(KerberosTestMessages.ReplyPart(tag, KerberosTestKeytab.Key(32, 1), 4_000_000_000, life: TimeSpan.FromHours(1)), allowsRc4: false);

        part.SessionKey.Type.Should().Be(KerberosEncryptionType.Aes256Sha1);
        part.Nonce.Should().Be(4_000_000_000);
        part.AuthenticatedAt.Should().Be(KerberosTestMessages.Now);
        part.StartsAt.Should().Be(KerberosTestMessages.Now, "a ticket without a start begins when it was asked for");
        part.EndsAt.Should().Be(KerberosTestMessages.Now.AddHours(1));
        part.Service.Is(KerberosTestMessages.Granting).Should().BeTrue();
    }

    [Fact]
    public void Read_OfAKeyOfAnotherLength_Throws() =>
        FluentActions.Invoking(static () => KerberosKdcReplyPart.Read(KerberosTestMessages.ReplyPart(25, new byte[31], 1), allowsRc4: true)).Should().Throw<AsnContentException>();

    [Fact]
    public void Read_OfAnRc4Key_IsForAccountsThatAllowIt()
    {
        var plaintext = KerberosTestMessages.ReplyPart(25, new byte[16], 1, keyType: 23);

        FluentActions.Invoking(() => KerberosKdcReplyPart.Read(plaintext, allowsRc4: false)).Should().Throw<AsnContentException>();
        KerberosKdcReplyPart.Read(plaintext, allowsRc4: true).SessionKey.Type.Should().Be(KerberosEncryptionType.Rc4);
    }
}
