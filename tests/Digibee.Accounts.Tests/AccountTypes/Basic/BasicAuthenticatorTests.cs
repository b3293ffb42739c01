namespace Digibee.Accounts;

public sealed class BasicAuthenticatorTests
{
    [Theory]
    [InlineData("Aladdin", "open sesame", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")] // RFC 7617, section 2
    [InlineData("test", "123\u00a3", "Basic dGVzdDoxMjPCow==")] // RFC 7617, section 2.1
    [InlineData("", "", "Basic Og==")]
    [InlineData("u", "a:b", "Basic dTphOmI=")]
    public async Task AuthenticateAsync_WithUserAndPassword_SetsTheDocumentedHeader(string user, string password, string expected)
    {
        var account = new BasicAccount { Name = "basic", UserName = user, Password = new Secret(password), AllowedOrigins = ["https://api.example"] };

        var sent = await TestSend.HeaderAsync(account, "Authorization");

        sent.Should().Be(expected);
    }

    [Fact]
    public void Create_ForTheSameRevision_MakesTheHeaderOnce()
    {
        var opened = TestSource.Opened(new BasicAccount { Name = "basic", UserName = "u", Password = new Secret("p") });

        opened.GetOrAddState(BasicHeader.Create).Should().BeSameAs(opened.GetOrAddState(BasicHeader.Create));
    }
}
