using System.Text;

namespace Digibee.Accounts;

public sealed class SecretSyntaxTests
{
    // What is refused at save must be what is refused at apply, or an account is saved that nobody can send.
    [Fact]
    public void IsHeaderValueAndIsCookieValue_OfEveryCharacterInEveryPlace_AgreeWithTheRulesAtApply()
    {
        for (var c = '\0'; c < '\x180'; c++)
        {
            foreach (var text in (string[])[$"{c}", $"{c}x", $"x{c}", $"x{c}x", $"x{c}{c}x"])
            {
                var utf8 = Encoding.UTF8.GetBytes(text);

                SecretSyntax.IsHeaderValue(utf8).Should().Be(HeaderSyntax.IsValue(text), "of U+{0:X4}", (int)c);
                SecretSyntax.IsCookieValue(utf8).Should().Be(HeaderSyntax.IsCookieValue(text), "of U+{0:X4}", (int)c);
            }
        }

        SecretSyntax.IsHeaderValue([]).Should().BeFalse();
    }

    // RFC 5234, appendix B.1: CTL = %x00-1F / %x7F
    [Fact]
    public void HoldsControl_OfEveryByte_FindsThoseOfTheStandard()
    {
        for (var b = 0; b < 256; b++)
        {
            SecretSyntax.HoldsControl([(byte)'x', (byte)b]).Should().Be(b is <= 0x1F or 0x7F, "of {0:X2}", b);
        }
    }

    // RFC 6750, section 2.1: b64token = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="
    [Theory]
    [InlineData("azAZ09-._~+/", true)]
    [InlineData("a==", true)]
    [InlineData("=", false)]
    [InlineData("", false)]
    [InlineData("a=b", false)]
    [InlineData("a b", false)]
    public void IsBearerToken_OfAText_FollowsTheStandard(string text, bool isOne) => SecretSyntax.IsBearerToken(Encoding.UTF8.GetBytes(text)).Should().Be(isOne);
}
