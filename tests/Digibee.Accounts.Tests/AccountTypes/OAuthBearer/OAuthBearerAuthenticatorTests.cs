namespace Digibee.Accounts;

public sealed class OAuthBearerAuthenticatorTests
{
    [Theory]
    [InlineData("mF_9.B5f-4.1JqM")] // RFC 6750, section 2.1
    [InlineData("abc/def+==")]
    [InlineData("with space")]
    public async Task AuthenticateAsync_WithAToken_SetsTheDocumentedHeader(string token)
    {
        var sent = await TestSend.HeaderAsync(Account(token), "Authorization");

        sent.Should().Be($"Bearer {token}");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" s3cr3t")]
    [InlineData("s3cr3t\u00e9")]
    [InlineData("s3cr3t\u0001")]
    public async Task AuthenticateAsync_WithATokenThatCannotBeSent_SendsNoBareBearer(string token)
    {
        var error = await TestSend.RefusedAsync(Account(token));

        error.ToString().Should().NotContain("s3cr3t");
    }

    private static OAuthBearerAccount Account(string token) => new() { Name = "bearer", Token = new Secret(token), AllowedOrigins = ["https://api.example"] };
}
