using System.Text;

namespace Digibee.Accounts;

[Trait("Category", "Fuzz")]
public sealed class AccountPayloadFuzzTests
{
    private static readonly AccountMetadata Metadata = new() { Description = "d", Origins = ["https://a.example"] };

    [Fact]
    public void TryRead_OfAnyBytesAsAnyType_IsNullOrAnAccountThatComesBackFromItsBytes()
    {
        byte[][] corpus = [.. GoldenPayloads.Minimal.Values.Concat(GoldenPayloads.Full.Values).Select(Encoding.UTF8.GetBytes)];

        Fuzzer.Run(corpus, static input =>
        {
            foreach (var type in AccountType.All)
            {
                if (AccountPayload.TryRead(type, "a", Metadata, input) is not { } account)
                {
                    continue;
                }

                account.Type.Should().BeSameAs(type);
                account.Name.Should().Be("a");
                account.AllowedOrigins.Should().BeSameAs(Metadata.Origins);
                if (account.Inspected().Problems.Count == 0)
                {
                    using var payload = AccountPayload.Write(account);
                    AccountPayload.TryRead(type, "a", Metadata, payload.Span).Should().Be(account);
                }
            }
        });
    }
}
