using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

/// <summary>A clock that is wrong: the service says so, its time is learned, and the request is repeated once.</summary>
public sealed class AwsV4ReviewTests : NetworkTest
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Noon);

    public AwsV4ReviewTests() => Refusal = static response => Xml(response, 403, "RequestTimeTooSkewed");

    public static TheoryData<string> Refusals => ["s3", "query", "future", "json", "header", "signature", "authfailure", "head"];

    private DateTimeOffset ServerTime { get; set; } = Noon.AddMinutes(20);

    // What the service answers to a time that differs by more than five minutes from its own.
    private Func<HttpResponse, string> Refusal { get; set; }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task SendAsync_WithAWrongClock_IsRepeatedOnceWithTheServicesTime(string kind)
    {
        Serve();
        Refusal = kind switch
        {
            "s3" => static response => Xml(response, 403, "RequestTimeTooSkewed"),
            "query" => static response => Xml(response, 400, "RequestExpired"),
            "future" => static response => Xml(response, 400, "RequestInTheFuture"),
            "json" => static response => Json(response, """{"__type":"com.amazon.coral.service#InvalidSignatureException","message":"Signature expired: is now earlier than"}"""),
            "header" => static response => WithErrorType(response),
            "signature" => static response => Xml(response, 403, "SignatureDoesNotMatch"),
            "authfailure" => static response => Xml(response, 401, "AuthFailure"),
            _ => static response => Status(response, 403, ""),
        };
        await using var accounts = await AccountsAsync();
        using var client = Client(accounts, "aws");
        var method = kind == "head" ? HttpMethod.Head : HttpMethod.Get;

        using var response = await client.SendAsync(new HttpRequestMessage(method, "https://api.example/"));
        using var next = await client.SendAsync(new HttpRequestMessage(method, "https://api.example/"));
        using var elsewhere = await client.SendAsync(new HttpRequestMessage(method, "https://other.example/"));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        Dates().Should().Equal("20261125T120000Z", "20261125T122000Z", "20261125T122000Z", "20261125T120000Z", "20261125T122000Z");
    }

    [Fact]
    public async Task SendAsync_AfterTheClockWasSetRight_GoesBackToIt()
    {
        Serve();
        await using var accounts = await AccountsAsync();
        using var client = Client(accounts, "aws");
        using var before = await client.GetAsync("https://api.example/");

        // Here the time jumps; there it does not.
        _time.Advance(TimeSpan.FromMinutes(20));
        using var after = await client.GetAsync("https://api.example/");
        using var next = await client.GetAsync("https://api.example/");

        after.StatusCode.Should().Be(HttpStatusCode.OK);
        Dates().Should().Equal("20261125T120000Z", "20261125T122000Z", "20261125T124000Z", "20261125T122000Z", "20261125T122000Z");
    }

    [Fact]
    public async Task SendAsync_WhenTheServiceAlwaysSaysSo_IsRepeatedOnce()
    {
        Network.Answer = (_, response) =>
        {
            ServerTime = ServerTime.AddHours(1);
            response.Headers.Date = ServerTime.ToString("r", CultureInfo.InvariantCulture);
            response.StatusCode = 403;
        };
        Network.AnswerBody = static (_, response) => response.WriteAsync("<Error><Code>RequestTimeTooSkewed</Code></Error>");
        await using var accounts = await AccountsAsync();
        using var client = Client(accounts, "aws");

        using var response = await client.GetAsync("https://api.example/");

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await response.Content.ReadAsStringAsync()).Should().Be("<Error><Code>RequestTimeTooSkewed</Code></Error>");
        response.GetAccountRefusal()!.Reason.Should().Contain("too far from the service's");
        Network.Requests.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("SignatureDoesNotMatch", 3)]
    [InlineData("AccessDenied", 20)]
    [InlineData("InvalidAccessKeyId", 20)]
    public async Task SendAsync_RefusedForAnotherReason_IsNotRepeated(string code, int minutes)
    {
        ServerTime = Noon.AddMinutes(minutes);
        Network.Answer = (_, response) => response.Headers.Date = ServerTime.ToString("r", CultureInfo.InvariantCulture);
        Network.AnswerBody = (_, response) => response.WriteAsync(Xml(response, 403, code));
        Network.Answer += static (_, response) => response.StatusCode = 403;
        await using var accounts = await AccountsAsync();
        using var client = Client(accounts, "aws");

        using var response = await client.GetAsync("https://api.example/");

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        response.GetAccountRefusal()!.Reason.Should().EndWith($"The service says {code}.");
        Network.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task SendAsync_WithABodyThatIsReadOnce_IsNotRepeatedButLearned()
    {
        Serve();
        await using var accounts = await AccountsAsync();
        using var client = Client(accounts, "aws");
        using var request = new HttpRequestMessage(HttpMethod.Put, "https://api.example/") { Content = new StreamContent(new UnseekableStream("body"u8.ToArray())) };
        request.UseAccount("aws", new AwsV4Signing { Payload = AwsV4PayloadSigning.NotSigned });

        using var response = await client.SendAsync(request);
        using var next = await client.GetAsync("https://api.example/");

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        Dates().Should().Equal("20261125T120000Z", "20261125T122000Z");
    }

    [Fact]
    public async Task Send_WithAWrongClock_IsNotRepeatedButLearned()
    {
        Serve();
        await using var accounts = await AccountsAsync();
        using var client = Client(accounts, "aws");

        using var response = client.Send(new HttpRequestMessage(HttpMethod.Get, "https://api.example/"));
        using var next = client.Send(new HttpRequestMessage(HttpMethod.Get, "https://api.example/"));

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        next.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private static string Status(HttpResponse response, int status, string body)
    {
        response.StatusCode = status;
        return body;
    }

    private static string Xml(HttpResponse response, int status, string code) => Status(response, status, $"<?xml version=\"1.0\"?>\n<Error><Code>{code}</Code><Message>no</Message></Error>");

    private static string Json(HttpResponse response, string body) => Status(response, 400, body);

    private static string WithErrorType(HttpResponse response)
    {
        response.Headers["x-amzn-ErrorType"] = "InvalidSignatureException:http://internal.amazon.com/";
        return Json(response, """{"message":"no"}""");
    }

    private void Serve()
    {
        var body = "";
        Network.Answer = (request, response) =>
        {
            response.Headers.Date = ServerTime.ToString("r", CultureInfo.InvariantCulture);
            var signed = DateTimeOffset.ParseExact(request.Header("x-amz-date")!, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            body = (ServerTime - signed).Duration() > TimeSpan.FromMinutes(5) ? Refusal(response) : "";
        };
        Network.AnswerBody = (_, response) => response.WriteAsync(body);
    }

    private IEnumerable<string?> Dates() => Network.Requests.Select(static request => request.Header("x-amz-date"));

    private async Task<DigibeeAccounts> AccountsAsync()
    {
        var accounts = DigibeeAccounts.Create(builder => builder
            .Configure(static options => options.Environment = "test")
            .UseInMemoryStore()
            .UseKeyRing(KeyRing.Parse(KeyRing.NewKeyText()))
            .Services.AddSingleton<TimeProvider>(_time));
        await accounts.Vault.SaveAsync(new AwsV4Account
        {
            Name = "aws",
            AccessKeyId = "AKIDEXAMPLE",
            SecretAccessKey = new Secret("s3cr3t"),
            Service = "s3",
            Region = "us-east-1",
            AllowedOrigins = ["https://api.example", "https://other.example"],
        });
        return accounts;
    }
}
