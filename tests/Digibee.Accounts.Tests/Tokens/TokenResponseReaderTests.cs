using System.Text;

namespace Digibee.Accounts;

public sealed class TokenResponseReaderTests
{
    [Fact]
    public void TryRead_OfTheExampleOfRfc6749_ReadsEveryMember()
    {
        var response = Read("""{"access_token":"2YotnFZFEjr1zCsicMWpAA","token_type":"example","expires_in":3600,"refresh_token":"tGzv3JOkF0XG5Qx2TlKWIA","example_parameter":"example_value"}""")!;

        response.AccessToken!.Reveal().Should().Be("2YotnFZFEjr1zCsicMWpAA");
        response.TokenType.Should().Be("example");
        response.ExpiresIn.Should().Be(TimeSpan.FromHours(1));
        response.RefreshToken!.Reveal().Should().Be("tGzv3JOkF0XG5Qx2TlKWIA");
        response.Error.Should().BeNull();
    }

    [Fact]
    public void TryRead_OfEscapes_ResolvesThem() => Read("""{"access_token":"a\u002fb\/c"}""")!.AccessToken!.Reveal().Should().Be("a/b/c");

    [Theory]
    [InlineData("""{"error":null,"access_token":"a"}""", null)]
    [InlineData("""{"error":"invalid_grant"}""", "invalid_grant")]
    [InlineData("""{"error":{"code":5}}""", "unknown")]
    public void TryRead_OfAnError_GivesItsCode(string json, string? error) => Read(json)!.Error.Should().Be(error);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}x")]
    [InlineData("""{"access_token":"\ud800"}""")]
    [InlineData("""{"a":[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]}""")]
    public void TryRead_OfAnythingElse_IsNull(string json) => Read(json).Should().BeNull();

    [Fact]
    [Trait("Category", "Fuzz")]
    public void TryRead_OfAnyBytes_NeverThrows()
    {
        byte[][] corpus =
        [
            """{"access_token":"2YotnFZFEjr1zCsicMWpAA","token_type":"Bearer","expires_in":3600,"refresh_token":"tGzv3JOkF0XG5Qx2TlKWIA","id_token":"a.b.c"}"""u8.ToArray(),
            """{"device_code":"d","user_code":"u","verification_uri":"https://a","verification_uri_complete":"https://a?u","expires_in":"1800","interval":5.5}"""u8.ToArray(),
            """{"error":"invalid_grant","error_description":"x"}"""u8.ToArray(),
        ];

        Fuzzer.Run(corpus, static input =>
        {
            if (TokenResponseReader.TryRead(input) is { ExpiresIn: { } life })
            {
                life.Should().BePositive();
            }
        });
    }

    private static TokenResponseReader? Read(string json) => TokenResponseReader.TryRead(Encoding.UTF8.GetBytes(json));
}
