using System.Text;

namespace Digibee.Accounts;

public sealed class NtlmResponseHeadTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK", 200, true)]
    [InlineData("HTTP/1.1 401", 401, true)]
    [InlineData("HTTP/1.1 999 ", 999, true)]
    [InlineData("HTTP/1.0 200 OK", 200, false)]
    [InlineData("HTTP/1.0 200 OK\r\nConnection: Keep-Alive", 200, true)]
    [InlineData("HTTP/1.1 200 OK\r\nconnection:close", 200, false)]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: keep-alive, Close", 200, false)]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\nConnection: keep-alive", 200, false)]
    public void Parse_OfAStatusLineAndConnection_TellsBoth(string head, int status, bool keepsAlive)
    {
        var response = Parse(head);

        (response.Status, response.KeepsAlive).Should().Be((status, keepsAlive));
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 20")]
    [InlineData("HTTP/1.1  200 OK")]
    [InlineData("HTTP/1.1 2000 OK")]
    [InlineData("HTTP/1.1 099 OK")]
    [InlineData("HTTP/1.1 +20 OK")]
    [InlineData("HTTP/1.2 200 OK")]
    [InlineData("HTTP/2.0 200 OK")]
    [InlineData("http/1.1 200 OK")]
    [InlineData("ICY 200 OK and more")]
    public void Parse_OfAnotherStatusLine_RefusesIt(string head) => Refused(head);

    [Theory]
    [InlineData("A b: c")]
    [InlineData("A : b")]
    [InlineData(": b")]
    [InlineData("A")]
    [InlineData("A: b\r\n folded")]
    [InlineData("A: b\nB: c")]
    [InlineData("A: b\rB: c")]
    [InlineData("A: b\0")]
    [InlineData("Content-Length: -1")]
    [InlineData("Content-Length: 1, 1")]
    [InlineData("Content-Length: 1\r\nContent-Length: 1")]
    [InlineData("Content-Length: 99999999999999999999")]
    [InlineData("Transfer-Encoding: gzip, chunked")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 1")]
    public void Parse_OfAFieldThatTwoReadersMayTakeDifferently_RefusesIt(string field) => Refused($"HTTP/1.1 200 OK\r\n{field}");

    [Theory]
    [InlineData("persistent-auth: TRUE", true)]
    [InlineData("Persistent-Auth: false", false)]
    [InlineData("X: y", null)]
    public void Parse_OfPersistentAuth_TellsWhetherTheSignInLasts(string field, bool? expected) => Parse($"HTTP/1.1 200 OK\r\n{field}").Persists.Should().Be(expected);

    [Theory]
    [InlineData("NTLM", "", "NTLM")]
    [InlineData("ntlm QUJD", "QUJD", "NTLM")]
    [InlineData("NTLM  QUI= ", "QUI=", "NTLM")]
    [InlineData("Negotiate, NTLM QUJD, Basic realm=\"x, NTLM QUJE\"", "QUJD", "Basic,NTLM,Negotiate")]
    [InlineData("Digest realm=\"a\\\", NTLM RFJE\", nonce=\"b\", NTLM QUJD", "QUJD", "Digest,NTLM")]
    [InlineData("Basic realm=\"x\"\r\nWWW-Authenticate: NTLM\r\nWWW-Authenticate: NTLM QUJD\r\nWWW-Authenticate: NTLM QUJE", "QUJD", "Basic,NTLM")]
    public void Parse_OfSchemes_FindsNtlmAndWhatStandsBehindIt(string line, string message, string schemes)
    {
        var response = Parse($"HTTP/1.1 401 No\r\nWWW-Authenticate: {line}");

        response.OffersNtlm.Should().BeTrue();
        Convert.ToBase64String(response.Message ?? []).Should().Be(message);
        string.Join(',', response.Schemes).Should().Be(schemes);
    }

    [Theory]
    [InlineData("Negotiate QUJD")]
    [InlineData("Basic realm=\"NTLM\"")]
    [InlineData("Basic realm=\", NTLM QUJD")]
    [InlineData("NTLMX QUJD")]
    [InlineData(",,, ,")]
    public void Parse_OfOtherSchemes_FindsNoNtlm(string line) => Parse($"HTTP/1.1 401 No\r\nWWW-Authenticate: {line}").OffersNtlm.Should().BeFalse();

    [Theory]
    [InlineData("NTLM QUJ")]
    [InlineData("NTLM QU JD")]
    [InlineData("NTLM realm=\"x\"")]
    public void Parse_OfAChallengeThatIsNoBase64_RefusesIt(string line) => Refused($"HTTP/1.1 401 No\r\nWWW-Authenticate: {line}");

    [Fact]
    public void Parse_OfTheLongestChallengeAndOneByteMore_TakesTheFirst()
    {
        var longest = new byte[NtlmChallengeMessage.MaxLength];

        Parse($"HTTP/1.1 401 No\r\nWWW-Authenticate: NTLM {Convert.ToBase64String(longest)}").Message.Should().HaveCount(longest.Length);
        Refused($"HTTP/1.1 401 No\r\nWWW-Authenticate: NTLM {Convert.ToBase64String([.. longest, 0, 0, 0])}");
    }

    private static void Refused(string head) => FluentActions.Invoking(() => Parse(head)).Should().ThrowExactly<AccountUnavailableException>();

    private static NtlmResponse Parse(string head) => NtlmResponseHead.Parse(Encoding.Latin1.GetBytes(head), new NtlmRefusal("intranet", "intranet.example", new NtlmHandshakeOptions()));
}
