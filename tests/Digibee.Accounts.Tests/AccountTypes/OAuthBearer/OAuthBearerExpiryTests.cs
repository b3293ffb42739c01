using System.Buffers.Text;
using System.Text;

namespace Digibee.Accounts;

public sealed class OAuthBearerExpiryTests
{
    [Fact]
    public void Of_TheExampleOfRfc7519_IsItsExp()
    {
        // RFC 7519, section 3.1.
        var token = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"u8;

        OAuthBearerExpiry.Of(token).Should().Be(new DateTimeOffset(2011, 3, 22, 18, 43, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("""{"nested":{"exp":1},"list":[1,{"exp":2}],"exp":1300819380.75}""")]
    [InlineData("""{"exp":1.30081938e9}""")]
    [InlineData("""{"exp":1300819380,"cut off""")]
    public void Of_AnExpAtTheTop_IsItsWholeSeconds(string claims) => Of(claims).Should().Be(DateTimeOffset.FromUnixTimeSeconds(1_300_819_380));

    [Theory]
    [InlineData("""{"iss":"joe"}""")]
    [InlineData("""{"exp":"1300819380"}""")]
    [InlineData("""{"exp":0}""")]
    [InlineData("""{"exp":-1}""")]
    [InlineData("""{"exp":253402300800}""")]
    [InlineData("""{"exp":1e999}""")]
    [InlineData("""{"exp":null}""")]
    [InlineData("""{"nested":{"exp":1}}""")]
    [InlineData("""[1300819380]""")]
    [InlineData("not json")]
    [InlineData("")]
    public void Of_ClaimsWithoutATime_IsNothing(string claims) => Of(claims).Should().BeNull();

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("opaque")]
    [InlineData("a.b")]
    [InlineData("a.!!!.c")]
    [InlineData("a.eyJleHAiOjF9")]
    [InlineData("a.eyJleHAiOjF9.c.d.e")]
    public void Of_WhatIsNoSignedToken_IsNothing(string token) => OAuthBearerExpiry.Of(Encoding.UTF8.GetBytes(token)).Should().BeNull();

    private static DateTimeOffset? Of(string claims) => OAuthBearerExpiry.Of(Encoding.UTF8.GetBytes($"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.sig"));
}
