using System.Formats.Asn1;

namespace Digibee.Accounts;

/// <summary>Everything that arrives over the network, and the keytab's neighbour in an account: its configuration.</summary>
[Trait("Category", "Fuzz")]
public sealed class KerberosMessageFuzzTests
{
    private static readonly KerberosKey Key = new(KerberosEncryption.Of(18)!, new byte[32]);

    private static readonly byte[][] Messages =
    [
        KerberosTestMessages.Reply(11, Key, KerberosKeyUsage.AsReply, [1, 2, 3]),
        KerberosTestMessages.ReplyPart(25, new byte[32], 1),
        KerberosTestMessages.Error(25, data: KerberosTestMessages.Methods(18, 17)),
        KerberosTestMessages.Methods(20, 18),
        KerberosTestMessages.ApReply(Key, KerberosTestMessages.Now),
        KerberosSpnego.Wrap(KerberosTestMessages.ApReply(Key, KerberosTestMessages.Now)),
        Convert.FromHexString("A1143012A0030A0100A10B06092A864886F712010202"),
    ];

    [Fact]
    public void Read_OfAnyMessage_ReadsItOrSaysThatItIsNone() => Fuzzer.Run(Messages, static input =>
    {
        Try(() => KerberosKdcReply.Read(input, KerberosKdcReply.AsReply).Service.Parts.Should().NotBeNull());
        Try(() => KerberosKdcReplyPart.Read(input, allowsRc4: true).SessionKey.Dispose());
        Try(() => KerberosError.Read(input));
        Try(() => KerberosPreauthentication.EncryptionTypes(input).Count.Should().BeLessThanOrEqualTo(input.Length));
        Try(() => KerberosSpnego.Unwrap(input).Length.Should().BeLessThan(input.Length));
        Try(() => KerberosApReply.Proves(input, Key, KerberosTestMessages.Now));
    });

    [Fact]
    public void TryDecrypt_OfAnyBytes_GivesNothing() => Fuzzer.Run(Messages, static input => Key.TryDecrypt(KerberosKeyUsage.ApRequestAuthenticator, input).Should().BeNull());

    [Fact]
    public void Parse_OfAnyConfiguration_NeverThrows() => Fuzzer.Run(
        ["[libdefaults]\ndefault_realm = A\n[realms]\nA = {\nkdc = a:88\n}\n[domain_realm]\n.a = A\n"u8.ToArray(), "include x\n[x]\ny = {\n}\n"u8.ToArray()],
        static input =>
        {
            var text = Fuzzer.Text(input);
            var configuration = KerberosConfiguration.Parse(text);

            configuration.BadLine.Should().BeInRange(0, input.Length + 1);
            configuration.RealmOf(text);
            configuration.ServersOf(text).Should().NotBeNull();
            KerberosKdc.TryParse(text);
        });

    private static void Try(Action read)
    {
        try
        {
            read();
        }
        catch (AsnContentException)
        {
            // That is how it says so.
        }
    }
}
