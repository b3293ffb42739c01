using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

/// <summary>Signed requests as a server receives them, verified by code that shares nothing with the signer.</summary>
public sealed class AwsV4AuthenticatorTests : NetworkTest
{
    private const string SecretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 25, 23, 59, 58, TimeSpan.Zero));

    public static TheoryData<string, string> Targets => new()
    {
        { "execute-api", "/" },
        { "execute-api", "/a//b/./c/?b&a=1&&=x&a=0" },
        { "execute-api", "/a:b@c*d!e'(f)$g,h;i=j+k%2Fl%25" },
        { "execute-api", "/café/%FF/~a%7E?q=a+b&r=a%2Bb&s=é&params[page]=1&params[pageSize]=20&A=1&a=%FF" },
        { "execute-api", "/?" },
        { "s3", "/bucket/a b/ü+x=~.txt" },
        { "s3", "/bucket//a//b/%2F%25%FF/?acl&uploadId=x%2Fy%2Bz&x=a+b" },
    };

    public static TheoryData<string> Contents => ["none", "bytes", "text", "form", "json", "memory", "stream", "late stream", "multipart", "marked"];

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task SendAsync_WithAnyTarget_IsVerified(string service, string target)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example" + target);

        await SendAsync(Account(service), request);

        Refusal(service).Should().BeNull();
    }

    [Theory]
    [InlineData("/a/../b%2e%2f/./c", "s3")]
    [InlineData("/a/../b%2e%2f/./c", "execute-api")]
    [InlineData("/%7Ea?b=%7E", "execute-api")]
    public async Task SendAsync_WithAUriKeptAsItIs_IsVerified(string target, string service)
    {
        var uri = new Uri("https://api.example" + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

        await SendAsync(Account(service), new HttpRequestMessage(HttpMethod.Get, uri));

        Network.Request.Target.Should().Be(target);
        Refusal(service).Should().BeNull();
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task SendAsync_WithAContentThatCanBeSentAgain_SignsItsHashAndSendsItWhole(string kind)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, "https://api.example/k") { Content = Content(kind) };
        if (kind == "marked")
        {
            request.AllowContentReplay();
        }

        await SendAsync(Account("s3"), request);

        Network.Request.Body.Should().Be(kind switch
        {
            "none" => "",
            "form" => "a=b",
            "json" => "\"body\"",
            "late stream" => "dy",
            "multipart" => "--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nbody\r\n--x--\r\n",
            _ => "body",
        });
        Network.Request.Header("x-amz-content-sha256").Should().NotBe("UNSIGNED-PAYLOAD");
        Refusal("s3").Should().BeNull();
    }

    [Fact]
    public async Task Send_Synchronously_IsVerified()
    {
        await using var accounts = await AccountsAsync(Account("s3"));
        using var client = Client(accounts, "aws");
        using var request = new HttpRequestMessage(HttpMethod.Put, "https://api.example/k") { Content = Content("late stream") };

        using var response = client.Send(request);

        Refusal("s3").Should().BeNull();
    }

    [Fact]
    public async Task SendAsync_WithHeadersOfAllKinds_SignsWhatIsSent()
    {
        var request = new HttpRequestMessage(new HttpMethod("patch"), "http://api.example:8080/") { Content = new StringContent("x") };
        request.Headers.Add("My-Header", ["b", "a"]);
        request.Headers.TryAddWithoutValidation("X-Amz-Meta-A", "  \"a   b\" ");
        request.Headers.TryAddWithoutValidation("X-Empty", "");
        request.Headers.TryAddWithoutValidation("User-Agent", "a/1 (x) b/2");
        request.Headers.ConnectionClose = true;
        request.Content.Headers.TryAddWithoutValidation("x-amz-meta-a", "2");
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("text/plain;charset=utf-8");
        request.UseAccount("aws", new AwsV4Signing { SignedHeaders = ["my-header", "X-Empty", "content-length", "not-there"] });

        await SendAsync(Account("execute-api") with { AllowedOrigins = ["http://api.example:8080"] }, request);

        Network.Request.Method.Should().Be("PATCH");
        SignedHeaders().Should().Equal("content-length", "content-type", "host", "my-header", "x-amz-content-sha256", "x-amz-date", "x-amz-meta-a", "x-empty");
        Refusal("execute-api").Should().BeNull();
    }

    [Fact]
    public async Task SendAsync_WithAHostHeader_SignsThatHost()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/") { Headers = { Host = "other.example" } };

        await SendAsync(Account("execute-api") with { AllowedOrigins = ["https://api.example", "https://other.example"] }, request);

        Network.Request.Host.Should().Be("other.example");
        Refusal("execute-api").Should().BeNull();
    }

    [Fact]
    public async Task SendAsync_WithASessionToken_SendsAndSignsIt()
    {
        await SendAsync(Account("s3") with { SessionToken = new Secret("tok/+==") }, new HttpRequestMessage(HttpMethod.Get, "https://api.example/"));

        Network.Request.Header("x-amz-security-token").Should().Be("tok/+==");
        Refusal("s3").Should().BeNull();
    }

    [Fact]
    public async Task SendAsync_WithHeadersOfAnEarlierSignature_ReplacesThemAndGivesThemBack()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/?q=a+b");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "x");
        request.Headers.Add("X-Amz-Date", "20010101T000000Z");
        request.Headers.Add("X-Amz-Security-Token", "stale");
        request.Headers.Add("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD");

        await SendAsync(Account("execute-api"), request);

        Network.Request.Header("x-amz-date").Should().Be("20261125T235958Z");
        Network.Request.Header("x-amz-security-token").Should().BeNull();
        Network.Request.Target.Should().Be("/?q=a%20b");
        Refusal("execute-api").Should().BeNull();
        request.Headers.ToString().ReplaceLineEndings("\n").Split('\n').Should().BeEquivalentTo(
            "Authorization: Bearer x", "X-Amz-Date: 20010101T000000Z", "X-Amz-Security-Token: stale", "X-Amz-Content-Sha256: UNSIGNED-PAYLOAD", "");
        request.RequestUri!.PathAndQuery.Should().Be("/?q=a+b");
    }

    [Fact]
    public async Task SendAsync_AroundMidnight_SignsForTheNewDay()
    {
        await using var accounts = await AccountsAsync(Account("s3"));
        using var client = Client(accounts, "aws");

        using var before = await client.GetAsync("https://api.example/");
        _time.Advance(TimeSpan.FromSeconds(3));
        using var after = await client.GetAsync("https://api.example/");

        Network.Requests.Select(static request => request.Header("x-amz-date")).Should().Equal("20261125T235958Z", "20261126T000001Z");
        Network.Requests.Select(request => new AwsV4Verifier(SecretKey).Refuse(request, isS3: true)).Should().OnlyContain(static refusal => refusal == null);
    }

    [Fact]
    public async Task SendAsync_AfterTheSecretChangedUnderTheSameId_SignsWithTheNewOne()
    {
        await using var accounts = await AccountsAsync(Account("s3"));
        using var client = Client(accounts, "aws");
        using var before = await client.GetAsync("https://api.example/");

        await accounts.Vault.SaveAsync(Account("s3") with { SecretAccessKey = new Secret("another") });
        using var after = await client.GetAsync("https://api.example/");

        new AwsV4Verifier(SecretKey).Refuse(Network.Requests[0], isS3: true).Should().BeNull();
        new AwsV4Verifier("another").Refuse(Network.Requests[1], isS3: true).Should().BeNull();
    }

    [Fact]
    public async Task SendAsync_WithoutServiceAndRegion_TakesThemFromTheHost()
    {
        await SendAsync(
            new AwsV4Account { Name = "aws", AccessKeyId = "AKIDEXAMPLE", SecretAccessKey = new Secret(SecretKey) },
            new HttpRequestMessage(HttpMethod.Get, "https://bucket.s3.eu-central-1.amazonaws.com/a+b"));

        Network.Request.Header("Authorization").Should().Contain("/20261125/eu-central-1/s3/aws4_request,");
        Network.Request.Target.Should().Be("/a%2Bb");
        Refusal("s3").Should().BeNull();
    }

    [Fact]
    public async Task SendAsync_WithServiceAndRegionOfTheRequest_TakesThemBeforeTheAccounts()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/").UseAccount("aws", new AwsV4Signing { Service = "sqs", Region = "sa-east-1" });

        await SendAsync(Account("s3"), request);

        Network.Request.Header("Authorization").Should().Contain("/20261125/sa-east-1/sqs/aws4_request,");
        Refusal("sqs").Should().BeNull();
    }

    [Fact]
    public async Task SendAsync_WithAnUnsignedPayload_DoesNotReadIt()
    {
        var request = new HttpRequestMessage(HttpMethod.Put, "https://api.example/k") { Content = new StreamContent(new UnseekableStream("body"u8.ToArray())) };
        request.UseAccount("aws", new AwsV4Signing { Payload = AwsV4PayloadSigning.NotSigned });

        await SendAsync(Account("s3"), request);

        Network.Request.Body.Should().Be("body");
        Network.Request.Header("x-amz-content-sha256").Should().Be("UNSIGNED-PAYLOAD");
        Refusal("s3").Should().BeNull();
    }

    [Fact]
    public async Task SendAsync_WithAHashThatTheCallerKnows_DoesNotReadTheBody()
    {
        var request = new HttpRequestMessage(HttpMethod.Put, "https://api.example/k") { Content = new StreamContent(new UnseekableStream("body"u8.ToArray())) };
        request.UseAccount("aws", new AwsV4Signing { PayloadHash = AwsV4Case.Hash("body") });

        await SendAsync(Account("s3"), request);

        Refusal("s3").Should().BeNull();
    }

    [Fact]
    public async Task SendAsync_ToARedirectOfTheSameOrigin_SignsTheTarget()
    {
        Network.Redirect("/first", 307, "/second?a=b");
        var request = new HttpRequestMessage(HttpMethod.Put, "https://api.example/first") { Content = Content("stream") };

        await SendAsync(Account("s3"), request);

        Network.Requests.Should().HaveCount(2);
        Network.Requests.Select(received => new AwsV4Verifier(SecretKey).Refuse(received, isS3: true)).Should().OnlyContain(static refusal => refusal == null);
    }

    [Fact]
    public async Task SendAsync_BesideAnotherAccount_SignsWhatThatOneSets()
    {
        var key = new ApiKeyAccount { Name = "key", ParameterName = "api key", Key = new Secret("k+y"), Placement = ApiKeyPlacement.Query, AllowedOrigins = ["https://api.example"] };
        await using var accounts = await AccountsAsync(Account("execute-api"), key);
        using var client = new HttpClient(accounts.CreateHandler(["aws", "key"], Network.CreateHandler(), static _ => { }));

        using var response = await client.GetAsync("https://api.example/");

        Network.Request.Target.Should().Be("/?api%20key=k%2By");
        Refusal("execute-api").Should().BeNull();
    }

    private static AwsV4Account Account(string service) => new()
    {
        Name = "aws",
        AccessKeyId = "AKIDEXAMPLE",
        SecretAccessKey = new Secret(SecretKey),
        Service = service,
        Region = "us-east-1",
        AllowedOrigins = ["https://api.example"],
    };

    private static HttpContent? Content(string kind)
    {
        var late = new MemoryStream("body"u8.ToArray()) { Position = 2 };
        return kind switch
        {
            "none" => null,
            "bytes" => new ByteArrayContent("body"u8.ToArray()),
            "text" => new StringContent("body"),
            "form" => new FormUrlEncodedContent([new("a", "b")]),
            "json" => JsonContent.Create("body"),
            "memory" => new ReadOnlyMemoryContent("body"u8.ToArray()),
            "stream" => new StreamContent(new MemoryStream("body"u8.ToArray())),
            "late stream" => new StreamContent(late),
            "multipart" => new MultipartContent("mixed", "x") { new StringContent("body") },
            _ => new MarkedContent(),
        };
    }

    private async Task<DigibeeAccounts> AccountsAsync(params Account[] saved)
    {
        var accounts = DigibeeAccounts.Create(builder => builder
            .Configure(static options => options.Environment = "test")
            .UseInMemoryStore()
            .UseKeyRing(KeyRing.Parse(KeyRing.NewKeyText()))
            .Services.AddSingleton<TimeProvider>(_time));
        foreach (var account in saved)
        {
            await accounts.Vault.SaveAsync(account);
        }

        return accounts;
    }

    private async Task SendAsync(AwsV4Account account, HttpRequestMessage request)
    {
        await using var accounts = await AccountsAsync(account);
        using var client = Client(accounts, "aws");
        using var response = await client.SendAsync(request);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private string? Refusal(string service) => new AwsV4Verifier(SecretKey).Refuse(Network.Requests[^1], isS3: service == "s3");

    private string[] SignedHeaders() => Network.Request.Header("Authorization")!.Split("SignedHeaders=")[1].Split(',')[0].Split(';');

    // Of a class that the library cannot know, and asynchronous.
    private sealed class MarkedContent : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await Task.Yield();
            await stream.WriteAsync("bo"u8.ToArray());
            await stream.WriteAsync("dy"u8.ToArray().AsMemory());
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 4;
            return true;
        }
    }
}
