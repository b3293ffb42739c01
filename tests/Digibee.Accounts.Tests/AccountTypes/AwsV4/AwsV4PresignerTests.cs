using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

/// <summary>URIs that were signed for others, as a server receives them from a client that knows no account.</summary>
public sealed class AwsV4PresignerTests : NetworkTest
{
    private const string SecretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private static readonly DateTimeOffset Now = new(2026, 11, 25, 23, 59, 58, 900, TimeSpan.Zero);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly FakeTimeProvider _time = new(Now);

    public static TheoryData<string, string> Targets => new()
    {
        { "execute-api", "/" },
        { "execute-api", "/a//b/./c/?b&a=1&&=x&a=0&" },
        { "execute-api", "/a:b@c*d!e'(f)$g,h;i=j+k%2Fl%25?" },
        { "execute-api", "/café/%FF?q=a+b&r=a%2Bb&s=é&params[page]=1#fragment" },
        { "s3", "/bucket/a b/ü+x=~.txt" },
        { "s3", "/bucket//a//%2F%25%FF/?uploadId=x%2Fy%2Bz&x=a+b&X-Amz-Checksum-Mode=ENABLED" },
    };

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task PresignAsync_OfAnyTarget_IsVerifiedByTheServer(string service, string target)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example" + target);

        var signed = await PresignAsync(Account(service), request);
        await SendAsync(signed);

        new AwsV4Verifier(SecretKey).RefusePresigned(Network.Request, isS3: service == "s3").Should().BeNull();
        signed.Headers.Should().BeEmpty();
        request.RequestUri.Should().Be(new Uri("https://api.example" + target));
        request.Headers.Should().BeEmpty();
    }

    [Fact]
    public async Task PresignAsync_WithHeaders_SaysWhichMustBeSent()
    {
        var request = new HttpRequestMessage(HttpMethod.Put, "https://api.example/k") { Content = new StringContent("not read") };
        request.Headers.Add("X-Amz-Meta-A", "1");
        request.Headers.Add("Accept", "text/plain");
        request.Headers.Host = "other.example";
        var options = new AwsV4PresignOptions { Signing = new AwsV4Signing { SignedHeaders = ["accept"] } };

        var signed = await PresignAsync(Account("s3") with { AllowedOrigins = ["https://api.example", "https://other.example"] }, request, options);
        await SendAsync(signed, "another body");

        signed.Method.Should().Be(HttpMethod.Put);
        signed.Headers.Should().Equal(
            KeyValuePair.Create("accept", "text/plain"),
            KeyValuePair.Create("content-type", "text/plain; charset=utf-8"),
            KeyValuePair.Create("host", "other.example"),
            KeyValuePair.Create("x-amz-meta-a", "1"));
        new AwsV4Verifier(SecretKey).RefusePresigned(Network.Request, isS3: true).Should().BeNull();
    }

    [Theory]
    [InlineData("aoss", false)]
    [InlineData("es", true)]
    public async Task PresignAsync_ForOpenSearchServerless_LeavesTheLengthUnsigned(string service, bool isSigned)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "https://api.example/_search") { Content = new StringContent("body") };
        var options = new AwsV4PresignOptions { Signing = new AwsV4Signing { SignedHeaders = ["Content-Length"] } };

        var signed = await PresignAsync(Account(service), request, options);

        signed.Headers.Any(static header => header.Key == "content-length").Should().Be(isSigned);
    }

    [Theory]
    [InlineData("execute-api", true)]
    [InlineData("execute-api", false)]
    [InlineData("s3", false)]
    public async Task PresignAsync_WithABodyThatIsKnown_SignsItsHash(string service, bool isGiven)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, "https://api.example/k") { Content = isGiven ? new ByteArrayContent("body"u8.ToArray()) : null };
        var options = new AwsV4PresignOptions { Signing = new AwsV4Signing { PayloadHash = isGiven ? null : AwsV4Case.Hash("body") } };

        var signed = await PresignAsync(Account(service), request, options);
        await SendAsync(signed, "body");
        await SendAsync(signed, "another");

        new AwsV4Verifier(SecretKey).RefusePresigned(Network.Requests[0], isS3: service == "s3").Should().BeNull();
        new AwsV4Verifier(SecretKey).RefusePresigned(Network.Requests[1], isS3: service == "s3").Should().NotBeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PresignAsync_WithASessionToken_AddsItBeforeOrAfterSigning(bool isAfter)
    {
        var account = Account("execute-api") with { SessionToken = new Secret("tok/+==") };

        var signed = await PresignAsync(account, Get(), new AwsV4PresignOptions { AddSessionTokenAfterSigning = isAfter });
        await SendAsync(signed);

        Network.Request.Target.Should().Contain("&X-Amz-Security-Token=tok%2F%2B%3D%3D");
        var token = isAfter ? Network.Request with { Target = Network.Request.Target.Replace("&X-Amz-Security-Token=tok%2F%2B%3D%3D", "", StringComparison.Ordinal) } : Network.Request;
        new AwsV4Verifier(SecretKey).RefusePresigned(token, isS3: false).Should().BeNull();
    }

    [Theory]
    [InlineData(null, false, AwsV4CredentialsEnd.Later, 3_600)]
    [InlineData(null, true, AwsV4CredentialsEnd.Unknown, 3_600)]
    [InlineData(1_800, true, AwsV4CredentialsEnd.Earlier, 1_800)]
    [InlineData(3_599, false, AwsV4CredentialsEnd.Earlier, 3_599)]
    [InlineData(3_600, true, AwsV4CredentialsEnd.Later, 3_600)]
    public async Task PresignAsync_WithCredentialsThatEnd_SaysWhenTheUriStopsWorking(int? endsIn, bool isTemporary, AwsV4CredentialsEnd end, int expected)
    {
        var second = new DateTimeOffset(2026, 11, 25, 23, 59, 58, TimeSpan.Zero);
        var account = Account("s3") with { ExpiresAt = endsIn is { } seconds ? second.AddSeconds(seconds) : null, SessionToken = isTemporary ? new Secret("token") : null };

        var signed = await PresignAsync(account, Get());

        signed.CredentialsEnd.Should().Be(end);
        signed.ExpiresAt.Should().Be(second.AddSeconds(expected));
        signed.Uri.Query.Should().Contain("&X-Amz-Date=20261125T235958Z&").And.Contain("&X-Amz-Expires=3600");
    }

    [Theory]
    [InlineData(0.999)]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData((7 * 24 * 3600) + 0.001)]
    public async Task PresignAsync_WithALifetimeOutOfRange_IsRefused(double seconds)
    {
        await using var accounts = await AccountsAsync(Account("s3"));

        await accounts.Awaiting(a => a.AwsV4Presigner.PresignAsync("aws", Get(), TimeSpan.FromSeconds(seconds)).AsTask())
            .Should().ThrowAsync<ArgumentOutOfRangeException>().WithParameterName("lifetime");
    }

    [Theory]
    [InlineData(1.999, "1")]
    [InlineData(7 * 24 * 3600, "604800")]
    public async Task PresignAsync_WithALifetimeAtItsLimits_SignsWholeSeconds(double seconds, string expected)
    {
        await using var accounts = await AccountsAsync(Account("s3"));

        var signed = await accounts.AwsV4Presigner.PresignAsync("aws", Get(), TimeSpan.FromSeconds(seconds));

        signed.Uri.Query.Split('&').Should().Contain($"X-Amz-Expires={expected}");
    }

    [Theory]
    [InlineData("X-Amz-Algorithm=x", "X-Amz-Algorithm")]
    [InlineData("a=b&x-amz-credential=x", "X-Amz-Credential")]
    [InlineData("X-Amz-Date", "X-Amz-Date")]
    [InlineData("X-Amz-Expires=1&a", "X-Amz-Expires")]
    [InlineData("X%2DAmz%2dSignedHeaders=x", "X-Amz-SignedHeaders")]
    [InlineData("X-Amz-Security-Token=s3cr3t", "X-Amz-Security-Token")]
    [InlineData("X-Amz-Region-Set=x", "X-Amz-Region-Set")]
    [InlineData("&X-Amz-Signature=x", "X-Amz-Signature")]
    public async Task PresignAsync_WithAParameterOfASignature_NamesIt(string query, string name)
    {
        var error = await RefusedAsync<AccountUnavailableException>(Account("s3"), new HttpRequestMessage(HttpMethod.Get, "https://api.example/?" + query));

        error.Message.Should().Contain($"'{name}'").And.NotContain("s3cr3t");
    }

    [Theory]
    [InlineData("X-Amz-Date")]
    [InlineData("X-Amz-Security-Token")]
    [InlineData("x-amz-content-sha256")]
    [InlineData("X-Amz-Region-Set")]
    public async Task PresignAsync_WithAHeaderOfASignature_NamesIt(string name)
    {
        var onRequest = Get();
        onRequest.Headers.TryAddWithoutValidation(name, "s3cr3t");
        var onContent = new HttpRequestMessage(HttpMethod.Put, "https://api.example/") { Content = new ByteArrayContent([]) };
        onContent.Content.Headers.TryAddWithoutValidation(name, "s3cr3t");

        (await RefusedAsync<AccountUnavailableException>(Account("s3"), onRequest)).Message.Should().Contain($"'{name}'").And.NotContain("s3cr3t");
        (await RefusedAsync<AccountUnavailableException>(Account("s3"), onContent)).Message.Should().Contain($"'{name}'").And.NotContain("s3cr3t");
    }

    [Fact]
    public async Task PresignAsync_ForAnOriginThatIsNotAllowed_IsRefused()
    {
        (await RefusedAsync<AccountOriginException>(Account("s3"), new HttpRequestMessage(HttpMethod.Get, "https://attacker.example/"))).Message.Should().Contain("https://attacker.example");
        (await RefusedAsync<AccountOriginException>(Account("s3"), new HttpRequestMessage(HttpMethod.Get, "http://api.example/"))).Message.Should().Contain("http://api.example");
        await RefusedAsync<AccountOriginException>(Account("s3"), new HttpRequestMessage(HttpMethod.Get, "/relative"));
        await RefusedAsync<AccountOriginException>(Account("s3"), Get(), new AwsV4PresignOptions { Origins = ["https://other.example"] });
        await RefusedAsync<AccountOriginException>(Account("s3"), new HttpRequestMessage(HttpMethod.Get, "https://api.example/") { Headers = { Host = "attacker.example" } });
    }

    [Fact]
    public async Task PresignAsync_WithOriginsOfTheCall_AddsThemToAnAccountWithoutAny()
    {
        var account = Account("s3") with { AllowedOrigins = [] };

        await RefusedAsync<AccountOriginException>(account, Get(), new AwsV4PresignOptions { Origins = ["https://api.example"] });
        var signed = await PresignAsync(account, new HttpRequestMessage(HttpMethod.Get, "https://bucket.s3.us-east-1.amazonaws.com/k"));

        signed.Uri.Host.Should().Be("bucket.s3.us-east-1.amazonaws.com");
    }

    // It has no body that anybody could change.
    [Fact]
    public async Task PresignAsync_OfAnUnsignedDownloadOverClearText_NeedsNoConsent()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "http://api.example/k");
        var options = new AwsV4PresignOptions { Signing = new AwsV4Signing { Payload = AwsV4PayloadSigning.NotSigned } };

        var signed = await PresignAsync(Account("execute-api") with { AllowedOrigins = ["http://api.example"] }, request, options);

        signed.Uri.Scheme.Should().Be("http");
        signed.Uri.Query.Should().Contain("X-Amz-Signature=");
    }

    [Fact]
    public async Task PresignAsync_OfAnUploadOverClearText_IsRefusedUnlessAllowed()
    {
        var account = Account("s3") with { AllowedOrigins = ["http://api.example"] };
        var request = new HttpRequestMessage(HttpMethod.Put, "http://api.example/k");

        var error = await RefusedAsync<AccountUnavailableException>(account, request);
        var download = await PresignAsync(account, new HttpRequestMessage(HttpMethod.Get, "http://api.example/k"));
        var upload = await PresignAsync(account, request, new AwsV4PresignOptions { Signing = new AwsV4Signing { AllowUnsignedPayloadOverHttp = true } });

        error.Message.Should().Contain("AllowUnsignedPayloadOverHttp");
        download.Uri.Scheme.Should().Be("http");
        upload.Uri.Scheme.Should().Be("http");
    }

    [Fact]
    public async Task PresignAsync_WithAnAccountOfAnotherType_IsRefused()
    {
        await using var accounts = await AccountsAsync(Bearer());

        await accounts.Awaiting(a => a.AwsV4Presigner.PresignAsync("bearer", Get(), Hour).AsTask()).Should().ThrowAsync<AccountTypeMismatchException>();
        await accounts.Awaiting(a => a.AwsV4Presigner.PresignAsync("unknown", Get(), Hour).AsTask()).Should().ThrowAsync<AccountNotFoundException>();
    }

    [Fact]
    public async Task PresignAsync_WithRegions_SignsWithTheEllipticCurveKey()
    {
        var options = new AwsV4PresignOptions { Signing = new AwsV4Signing { RegionSet = ["us-*", "eu-west-1"] } };

        var signed = await PresignAsync(Account("s3"), Get(), options);

        signed.Uri.Query.Should().StartWith("?X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20261125%2Fs3%2Faws4_request&")
            .And.Contain("&X-Amz-Region-Set=us-%2A%2Ceu-west-1&");
    }

    [Fact]
    public async Task ToString_OfWhatWasSigned_ShowsNoSignature()
    {
        var signed = await PresignAsync(Account("s3") with { SessionToken = new Secret("tok") }, new HttpRequestMessage(HttpMethod.Get, "https://api.example:443/private/key"));

        signed.ToString().Should().Be("GET https://api.example/***");
    }

    [Fact]
    public async Task PresignPostAsync_OfAPolicy_SignsWhatItSends()
    {
        await using var accounts = await AccountsAsync(Account("s3") with { SessionToken = new Secret("tok") });
        var policy = new AwsV4PostPolicy().Require("bucket", "b").AllowPrefix("key", "user/").Require("acl", "private").LimitLength(1, 1_000);

        var form = await accounts.AwsV4Presigner.PresignPostAsync("aws", new Uri("https://api.example/"), policy, Hour);

        var fields = form.Fields.ToDictionary(static field => field.Key, static field => field.Value, StringComparer.Ordinal);
        fields.Keys.Should().Equal("acl", "x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-security-token", "policy", "x-amz-signature");
        Encoding.UTF8.GetString(Convert.FromBase64String(fields["policy"])).Should().Be(
            """{"expiration":"2026-11-26T00:59:58.000Z","conditions":[["eq","$bucket","b"],["starts-with","$key","user/"],["eq","$acl","private"],["content-length-range",1,1000],"""
            + """["eq","$x-amz-algorithm","AWS4-HMAC-SHA256"],["eq","$x-amz-credential","AKIDEXAMPLE/20261125/us-east-1/s3/aws4_request"],["eq","$x-amz-date","20261125T235958Z"],"""
            + """["eq","$x-amz-security-token","tok"]]}""");
        fields["x-amz-signature"].Should().Be(AwsV4Verifier.Sign(SecretKey, "20261125/us-east-1/s3/aws4_request", fields["policy"]));
        form.ToString().Should().Be("POST https://api.example/***");
        form.CredentialsEnd.Should().Be(AwsV4CredentialsEnd.Unknown);
        form.ExpiresAt.Should().Be(new DateTimeOffset(2026, 11, 26, 0, 59, 58, TimeSpan.Zero));
    }

    [Fact]
    public async Task PresignPostAsync_OfWhatS3WouldNotTake_IsRefused()
    {
        await using var accounts = await AccountsAsync(Account("s3"));
        var policy = new AwsV4PostPolicy().Require("bucket", "b").AllowPrefix("key", "");
        var uri = new Uri("https://api.example/");
        var presigner = accounts.AwsV4Presigner;

        await presigner.Awaiting(p => p.PresignPostAsync("aws", uri, new AwsV4PostPolicy().Require("key", "k"), Hour).AsTask()).Should().ThrowAsync<ArgumentException>().WithParameterName("policy");
        await presigner.Awaiting(p => p.PresignPostAsync("aws", uri, new AwsV4PostPolicy().Require("bucket", "b"), Hour).AsTask()).Should().ThrowAsync<ArgumentException>().WithParameterName("policy");
        await presigner.Awaiting(p => p.PresignPostAsync("aws", uri, policy, TimeSpan.Zero).AsTask()).Should().ThrowAsync<ArgumentOutOfRangeException>();
        await presigner.Awaiting(p => p.PresignPostAsync("aws", new Uri("https://attacker.example/"), policy, Hour).AsTask()).Should().ThrowAsync<AccountOriginException>();
        await presigner.Awaiting(p => p.PresignPostAsync("aws", uri, policy, Hour, new AwsV4PresignOptions { Signing = new AwsV4Signing { RegionSet = ["*"] } }).AsTask())
            .Should().ThrowAsync<ArgumentException>().WithParameterName("options");
    }

    private static HttpRequestMessage Get() => new(HttpMethod.Get, "https://api.example/k");

    private static AwsV4Account Account(string service) => new()
    {
        Name = "aws",
        AccessKeyId = "AKIDEXAMPLE",
        SecretAccessKey = new Secret(SecretKey),
        Service = service,
        Region = "us-east-1",
        AllowedOrigins = ["https://api.example"],
    };

    private async Task<DigibeeAccounts> AccountsAsync(Account saved)
    {
        var accounts = DigibeeAccounts.Create(builder => builder
            .Configure(static options => options.Environment = "test")
            .UseInMemoryStore()
            .UseKeyRing(KeyRing.Parse(KeyRing.NewKeyText()))
            .Services.AddSingleton<TimeProvider>(_time));
        await accounts.Vault.SaveAsync(saved);
        return accounts;
    }

    private async Task<AwsV4PresignedRequest> PresignAsync(AwsV4Account account, HttpRequestMessage request, AwsV4PresignOptions? options = null)
    {
        await using var accounts = await AccountsAsync(account);
        return await accounts.AwsV4Presigner.PresignAsync("aws", request, Hour, options);
    }

    private async Task<TException> RefusedAsync<TException>(AwsV4Account account, HttpRequestMessage request, AwsV4PresignOptions? options = null)
        where TException : AccountException =>
        (await FluentActions.Awaiting(() => PresignAsync(account, request, options)).Should().ThrowExactlyAsync<TException>()).Which;

    private async Task SendAsync(AwsV4PresignedRequest signed, string? body = null)
    {
        using var client = new HttpClient(Network.CreateHandler());
        using var request = new HttpRequestMessage(signed.Method, signed.Uri) { Content = body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        foreach (var (name, value) in signed.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await client.SendAsync(request);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }
}
