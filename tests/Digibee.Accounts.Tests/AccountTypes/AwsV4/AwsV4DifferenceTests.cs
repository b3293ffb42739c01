using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>A service that reads a request otherwise than it was signed, and says so: its answer is the caller's, and what differs is told without a secret.</summary>
public sealed class AwsV4DifferenceTests : NetworkTest
{
    private const string Token = "FwoGZXIvYXdzEXAMPLE/session+token==";

    private readonly RecordingLogger _log = new();
    private string _body = "";

    public static TheoryData<string, string, string> Readings => new()
    {
        { "GET\n", "POST\n", "- method: signed 'GET', read 'POST'" },
        { "/a%20b", "/a%2520b", "- path: signed '/a%20b', read '/a%2520b'" },
        { "page=12345", "page=1234", "- query parameter 'page': signed with 5 characters, read with 4; they differ from character 4 on" },
        { "&zone=", "", "- query parameter 'zone': signed, not read" },
        { "&zone=", "&zone=&zoo=", "- query parameter 'zoo': read, not signed" },
        { "host:api.example", "host:api.example:443", "- header 'host': signed 'api.example', read 'api.example:443'" },
        { "x-amz-meta-note:private note", "x-amz-meta-note:private", "- header 'x-amz-meta-note': signed with 12 characters, read with 7; they differ from character 7 on" },
        { ";x-amz-meta-note", "", "- list of signed headers: signed 'host;x-amz-content-sha256;x-amz-date;x-amz-meta-note;x-amz-security-token', read 'host;x-amz-content-sha256;x-amz-date;x-amz-security-token'" },
        { "\ne3b0c442", "\n00000000", "- payload hash: signed 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', read '0000000098fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'" },
    };

    // Every place that is shown.
    public static TheoryData<string, string> Echoes => new()
    {
        { "GET\n", $"{Token}\n" },
        { "/a%20b", $"/{Token}" },
        { "/a%20b", $"/{Uri.EscapeDataString(Token)}" },
        { "/a%20b", $"/{Uri.EscapeDataString(Uri.EscapeDataString(Token))}" },
        { "/a%20b", $"/{Token.ToLowerInvariant()}" },
        { "/a%20b", "/api-key-in-the-query" },
        { "&zone=", $"&{Token}=" },
        { "&zone=", "&FwoGZXIvYX=" },
        { "host:api.example", $"host:{Token}" },
        { "host:api.example", $"host:api.example\nx-{Token[8..20].ToLowerInvariant()}:x" },
        { "x-amz-meta-note:private note", $"{Token}:x" },
        { "host;", $"host;{Token};" },
    };

    [Theory]
    [MemberData(nameof(Readings))]
    public async Task SendAsync_WhenTheServiceReadsALineOtherwise_TellsWhich(string ours, string theirs, string expected)
    {
        Refuse(canonical => Replace(canonical, ours, theirs));
        await using var accounts = await AccountsAsync();
        using var client = Client(accounts, "aws");

        using var response = await client.SendAsync(Request());

        var reason = response.GetAccountRefusal()!.Reason;
        reason.Split('\n')[1..].Should().Equal(expected);
        reason.Should().NotContain(Token).And.NotContain("private").And.NotContain("api-key");
        (await response.Content.ReadAsStringAsync()).Should().Be(_body);
        _log.Entries.Should().ContainSingle(static entry => entry.Contains(" 105 ")).Which.Should().Contain(expected);
    }

    [Theory]
    [MemberData(nameof(Echoes))]
    public async Task SendAsync_WhenTheServiceSendsASecretBack_DoesNotRepeatIt(string ours, string theirs)
    {
        Refuse(canonical => Replace(canonical, ours, theirs));
        await using var accounts = await AccountsAsync();
        using var client = Client(accounts, "aws");

        using var response = await client.SendAsync(Request());

        var reason = response.GetAccountRefusal()!.Reason;
        reason.Should().Contain("***").And.NotContainEquivalentOf("FwoGZXIv").And.NotContainEquivalentOf(Token[8..20]).And.NotContain("api-key");
        _log.Entries.Should().NotContain(static entry => entry.Contains("FwoGZXIv", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task SendAsync_WhenTheServiceReadsTheSame_SaysThatTheKeyIsAnother()
    {
        Refuse(static canonical => canonical);
        await using var accounts = await AccountsAsync();
        using var client = Client(accounts, "aws");

        using var response = await client.SendAsync(Request());

        response.GetAccountRefusal()!.Reason.Should().EndWith("The service derives the canonical request that was signed, so it has another secret access key under this id, or expects another region or service; or a handler below the accounts changed the message after it was signed.");
    }

    [Fact]
    public async Task SendAsync_WithThrowOnRefusal_ThrowsTheDifference()
    {
        Refuse(static canonical => Replace(canonical, "/a%20b", "/a%2520b"));
        await using var accounts = await AccountsAsync();
        using var client = Client(accounts, "aws", static options => options.ThrowOnRefusal = true);

        var sending = () => client.SendAsync(Request());

        (await sending.Should().ThrowAsync<AccountAuthenticationException>()).Which.ToString().Should().Contain("- path: signed '/a%20b', read '/a%2520b'").And.NotContain(Token);
    }

    [Fact]
    public async Task SendAsync_WhenTheServiceWritesItIntoAMessage_TellsToo()
    {
        Refuse(static canonical => Replace(canonical, "/a%20b", "/a%2520b"), static canonical => $$"""
            {"message":"The request signature we calculated does not match the signature you provided.\n\nThe Canonical String for this request should have been\n'{{canonical.Replace("\n", "\\n", StringComparison.Ordinal)}}'\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256'\n"}
            """);
        await using var accounts = await AccountsAsync();
        using var client = Client(accounts, "aws");

        using var response = await client.SendAsync(Request());

        response.GetAccountRefusal()!.Reason.Should().EndWith("\n- path: signed '/a%20b', read '/a%2520b'");
    }

    [Theory]
    [InlineData("none", false)]
    [InlineData("none", true)]
    [InlineData("a\nb", false)]
    public async Task SendAsync_WithALargeOrStrangeAnswer_ReturnsItToTheByte(string canonical, bool synchronously)
    {
        Refuse(_ => canonical, static text => $"<Error><CanonicalRequest>{text}</CanonicalRequest>{new string('x', 300_000)}</Error>");
        await using var accounts = await AccountsAsync();
        using var client = Client(accounts, "aws");

        using var response = await client.SendAsync(Request(), synchronously);

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await response.Content.ReadAsStringAsync()).Should().Be(_body);
    }

    private static string Replace(string canonical, string ours, string theirs)
    {
        canonical.Should().Contain(ours);
        var at = canonical.IndexOf(ours, StringComparison.Ordinal);
        return string.Concat(canonical.AsSpan(0, at), theirs, canonical.AsSpan(at + ours.Length));
    }

    private static HttpRequestMessage Request()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/a%20b?key=api-key-in-the-query&page=12345&zone");
        request.Headers.Add("x-amz-meta-note", "private note");
        return request;
    }

    private void Refuse(Func<string, string> reading, Func<string, string>? write = null)
    {
        write ??= static canonical => $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>SignatureDoesNotMatch</Code><CanonicalRequest>{WebUtility.HtmlEncode(canonical)}</CanonicalRequest></Error>";
        Network.Answer = (request, response) =>
        {
            var signed = request.Header("Authorization")!.Split("SignedHeaders=")[1].Split(',')[0].Split(';');
            _body = write(reading(AwsV4Verifier.CanonicalRequest(request, signed, request.Header("x-amz-content-sha256")!, isS3: true)));
            response.StatusCode = 403;
        };
        Network.AnswerBody = async (_, response) =>
        {
            // In pieces and without a length, as S3 does.
            foreach (var piece in _body.Chunk(50_000))
            {
                await response.WriteAsync(new string(piece), Encoding.UTF8);
                await response.Body.FlushAsync();
            }
        };
    }

    private async Task<DigibeeAccounts> AccountsAsync()
    {
        var accounts = DigibeeAccounts.Create(builder =>
        {
            builder.Configure(static options => options.Environment = "test").UseInMemoryStore().UseKeyRing(KeyRing.Parse(KeyRing.NewKeyText()));
            builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log));
        });
        await accounts.Vault.SaveAsync(new AwsV4Account
        {
            Name = "aws",
            AccessKeyId = "AKIDEXAMPLE",
            SecretAccessKey = new Secret("s3cr3t"),
            SessionToken = new Secret(Token),
            Service = "s3",
            Region = "us-east-1",
            AllowedOrigins = ["https://api.example"],
        });
        return accounts;
    }
}
