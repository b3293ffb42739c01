using System.Buffers.Text;
using System.Text;

namespace Digibee.Accounts;

public sealed class OAuthBearerAccountTests
{
    private static readonly OAuthBearerAccount Account = (OAuthBearerAccount)AccountSamples.Minimal("oauth-bearer");

    [Theory]
    [InlineData("a\r\nX-Injected: 1")]
    [InlineData("a\n")]
    [InlineData("a\0")]
    public void Init_OfALineBreakOrNul_IsRefused(string token) =>
        FluentActions.Invoking(() => Account with { Token = new Secret(token) }).Should().Throw<ArgumentException>().WithParameterName("Token");

    [Theory]
    [InlineData("")]
    [InlineData("c4n4ryü")]
    [InlineData(" c4n4ry")]
    [InlineData("c4n4ry\u0001")]
    [InlineData("Bearer c4n4ry")]
    [InlineData("bearer c4n4ry")]
    public void Inspect_OfATokenThatCannotWork_RefusesItWithoutRepeatingIt(string token)
    {
        var problem = (Account with { Token = new Secret(token) }).Inspected().Problems.Should().ContainSingle().Subject;

        problem.Field.Should().Be("Token");
        problem.Message.Should().NotContain("c4n4ry");
    }

    [Theory]
    [InlineData("mF_9.B5f-4.1JqM", false)]
    [InlineData("abc/def+==", false)]
    [InlineData("Bearer", false)]
    [InlineData("two words", true)]
    [InlineData("a=b", true)]
    [InlineData("===", true)]
    public void Inspect_OfATokenThatCanBeSent_WarnsWhenItIsNoBearerToken(string token, bool warns)
    {
        var inspection = (Account with { Token = new Secret(token) }).Inspected();

        inspection.Problems.Should().BeEmpty();
        inspection.Warnings.Should().HaveCount(warns ? 1 : 0);
    }

    [Fact]
    public void Inspect_OfAnExpiredJwt_KnowsItsEndAndWarns()
    {
        var end = DateTimeOffset.FromUnixTimeSeconds(1_300_819_380);
        var account = Account with { Token = new Secret($"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes("""{"exp":1300819380}"""))}.sig") };

        account.Inspected(now: end.AddSeconds(-1)).Should().Match<AccountInspection>(inspection => inspection.KnownExpiry == end && inspection.Warnings.Count == 0);
        account.Inspected(now: end).Warnings.Should().ContainSingle().Which.Should().Contain("expired");
    }
}
