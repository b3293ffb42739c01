namespace Digibee.Accounts;

public sealed class CustomAuthHeaderAuthenticatorTests
{
    [Theory]
    [InlineData("X-Auth-Token", "s3cr3t")]
    [InlineData("Authorization", "s3cr3t/+==")]
    [InlineData("User-Agent", "not (closed")]
    [InlineData("X-Key", "two\twords and more")]
    public async Task AuthenticateAsync_WithANameAndValue_SetsThatHeaderAsItIs(string name, string value)
    {
        var sent = await TestSend.HeaderAsync(Account(name, value), name);

        sent.Should().Be(value);
    }

    [Theory]
    [InlineData("Host", "s3cr3t")]
    [InlineData("Content-Length", "5")]
    [InlineData("Transfer-Encoding", "chunked")]
    [InlineData("Expires", "s3cr3t")]
    [InlineData("X Key", "s3cr3t")]
    [InlineData("X-Key", "s3cr3t\u00e9")]
    [InlineData("X-Key", "")]
    public async Task AuthenticateAsync_WithWhatCannotBeSent_SendsNothing(string name, string value)
    {
        var error = await TestSend.RefusedAsync(Account(name, value));

        error.ToString().Should().NotContain("s3cr3t");
    }

    private static CustomAuthHeaderAccount Account(string name, string value) =>
        new() { Name = "custom", HeaderName = name, HeaderValue = new Secret(value), AllowedOrigins = ["https://api.example"] };
}
