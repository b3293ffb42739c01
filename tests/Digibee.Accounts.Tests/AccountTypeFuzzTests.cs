using System.Text;

namespace Digibee.Accounts;

[Trait("Category", "Fuzz")]
public sealed class AccountTypeFuzzTests
{
    [Fact]
    public void TryParse_OfAnyText_FindsATypeByItsLettersAlone()
    {
        byte[][] corpus = [.. AccountType.All.SelectMany(static type => (string[])[type.Slug, type.DisplayName]).Append("AWS_4").Append("OAUTH_BEARER_TOKEN").Select(Encoding.UTF8.GetBytes)];

        Fuzzer.Run(corpus, static input =>
        {
            var text = Fuzzer.Text(input);

            if (AccountType.TryParse(text, null, out var type))
            {
                text.Length.Should().BeLessThanOrEqualTo(64);
                text.Should().NotContain("\0").And.Match(text => text.All(char.IsAscii));
                AccountType.Parse(text.Replace("-", "").Replace("_", " ").ToLowerInvariant()).Should().BeSameAs(type);
            }

            if (AccountType.FromSlug(text) is { } stored)
            {
                stored.Slug.Should().Be(text);
            }
        });
    }
}
