namespace Digibee.Accounts;

public sealed class ScopeSyntaxTests
{
    // RFC 6749, section 3.3: scope-token = 1*( %x21 / %x23-5B / %x5D-7E )
    [Fact]
    public void Inspect_OfEveryCharacter_TakesThoseOfTheStandard()
    {
        for (var c = '\x01'; c < '\x180'; c++)
        {
            if (c is '\r' or '\n')
            {
                continue;
            }

            var inspection = new AccountInspection(new AccountLimits());
            ScopeSyntax.Inspect([c.ToString()], inspection, "Scopes");

            var isOne = c is '\x21' or (>= '\x23' and <= '\x5B') or (>= '\x5D' and <= '\x7E');
            inspection.Problems.Should().HaveCount(isOne ? 0 : 1, "of U+{0:X4}", (int)c);
        }
    }
}
