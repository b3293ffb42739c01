using System.Text;

namespace Digibee.Accounts;

/// <summary>Whatever is pasted as a chain, a save answers, and says nothing of it.</summary>
[Trait("Category", "Fuzz")]
public sealed class CertificateChainFuzzTests
{
    [Fact]
    public void Inspect_OfMutatedChains_NeverThrows()
    {
        using var root = TestCertificates.Root("CN=root");
        using var issuing = root.Intermediate("CN=issuing");
        using var client = issuing.Client("CN=client");
        byte[][] corpus =
        [
            Encoding.ASCII.GetBytes(TestCertificates.Pem(client, issuing, root) + client.KeyPem()),
            Encoding.ASCII.GetBytes(TestCertificates.Pem(client) + client.KeyPem()),
            Encoding.ASCII.GetBytes(AccountSamples.EncryptedChainPem),
        ];

        Fuzzer.Run(
            corpus,
            static input =>
            {
                if (input.Length > 0 && System.Text.Unicode.Utf8.IsValid(input))
                {
                    new CertificateChainAccount { Name = "a", Chain = new Secret(input), Password = new Secret(AccountSamples.Secret) }.Inspected(now: DateTimeOffset.UtcNow);
                }
            },
            slowest: TimeSpan.FromSeconds(5));
    }
}
