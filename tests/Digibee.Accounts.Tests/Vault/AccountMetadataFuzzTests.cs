using System.Text;

namespace Digibee.Accounts;

[Trait("Category", "Fuzz")]
public sealed class AccountMetadataFuzzTests
{
    [Fact]
    public void TryParse_OfAnyBytes_IsNullOrWhatComesBackFromItsBytes()
    {
        byte[][] corpus =
        [
            """{"v":1}"""u8.ToArray(),
            """{"v":1,"later":[{"a":null}],"description":"\ud83d\udd11","facts":{}}"""u8.ToArray(),
            .. AccountType.All.Select(static type => AccountSamples.Full(type.Slug)).Select(static account => AccountMetadata.Of(account, account.Inspected()).ToUtf8Json()),
            Encoding.UTF8.GetBytes("""{"v":1,"knownExpiry":"2030-01-01T00:00:00Z","origins":["https://*"],"projects":["a","b"]}"""),
        ];

        Fuzzer.Run(corpus, static input =>
        {
            if (AccountMetadata.TryParse(input) is { } metadata)
            {
                var written = metadata.ToUtf8Json();

                (written.Length > AccountMetadata.MaxLength || AccountMetadata.TryParse(written) == metadata).Should().BeTrue();
            }
        });
    }
}
