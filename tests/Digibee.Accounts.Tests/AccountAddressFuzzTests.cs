using System.Text;
using System.Text.RegularExpressions;

namespace Digibee.Accounts;

[Trait("Category", "Fuzz")]
public sealed partial class AccountAddressFuzzTests
{
    [Fact]
    public void TryParse_OfAnyText_TakesTheGrammarAlone()
    {
        byte[][] corpus = [.. ((string[])["default/prod/crm", "a/b/c", "a.b/a-b/a_b", "a/../c", "A/b/c", $"a/b/{new string('x', 64)}"]).Select(Encoding.UTF8.GetBytes)];

        Fuzzer.Run(corpus, static input =>
        {
            var text = Fuzzer.Text(input);

            AccountAddress.TryParse(text, null, out var address).Should().Be(Grammar().IsMatch(text));

            if (address is not null)
            {
                address.ToString().Should().Be(text);
            }
        });
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,63}/[a-z0-9][a-z0-9._-]{0,63}/[a-z0-9][a-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Grammar();
}
