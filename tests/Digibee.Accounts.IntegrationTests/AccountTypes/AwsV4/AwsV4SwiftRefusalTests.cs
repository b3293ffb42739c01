using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

/// <summary>What a server that somebody else wrote does not take, and what the caller sees of it.</summary>
[Collection<S3SwiftServer>]
public sealed class AwsV4SwiftRefusalTests(S3SwiftServer server)
{
    private readonly Uri _bucket = S3Bucket.NewUri(server.Endpoint);

    [Fact]
    public async Task Request_WithAWrongSecret_IsRefusedForTheCallerToRead()
    {
        await using var accounts = await AccountHttpClient.CreateAsync(server.Account with { SecretAccessKey = new Secret("another secret") });

        using var response = await accounts.Http.PutAsync(_bucket, content: null);

        await AssertRefusedAsync(response, HttpStatusCode.Forbidden, "SignatureDoesNotMatch");
        response.GetAccountRefusal()!.AccountNames.Should().Equal("s3");
    }

    [Fact]
    public async Task Request_ThatIsChangedOnItsWay_IsRefusedAndSaysWhatDiffers()
    {
        await using var accounts = await AccountHttpClient.CreateAsync(server.Account, belowAccounts: new QueryChanger());

        using var response = await accounts.Http.PutAsync(_bucket, content: null);

        var body = await response.Content.ReadAsStringAsync();
        body.Should().Contain("SignatureDoesNotMatch").And.EndWith("</Error>");
        response.GetAccountRefusal()!.Reason.Should().EndWith("\n- query parameter 'changed': read, not signed");
    }

    [Fact]
    public async Task Request_WithAWrongSecret_IsThrownByOption()
    {
        await using var accounts = await AccountHttpClient.CreateAsync(server.Account with { SecretAccessKey = new Secret("another secret") }, throwOnRefusal: true);

        var sending = () => accounts.Http.PutAsync(_bucket, content: null);

        (await sending.Should().ThrowAsync<AccountAuthenticationException>()).Which.AccountName.Should().Be("s3");
    }

    // S3 answers 400 to a wrong scope, as to anything else that is malformed.
    [Fact]
    public async Task Request_WithAWrongRegion_IsRefusedForTheCallerToRead()
    {
        await using var accounts = await AccountHttpClient.CreateAsync(server.Account with { Region = "eu-central-1" });

        using var response = await accounts.Http.PutAsync(_bucket, content: null);

        await AssertRefusedAsync(response, HttpStatusCode.BadRequest, "AuthorizationHeaderMalformed");
    }

    [Fact]
    public async Task PresignedUrl_WithAWrongRegion_IsRefused()
    {
        await using var accounts = await AccountHttpClient.CreateAsync(server.Account with { Region = "eu-central-1" });

        using var response = await PresignedUrl.SendAsync(accounts, HttpMethod.Get, _bucket);

        await AssertRefusedAsync(response, HttpStatusCode.BadRequest, "AuthorizationQueryParametersError");
    }

    [Fact]
    public async Task PresignedUrl_AfterItsEnd_IsRefused()
    {
        await using var accounts = await AccountHttpClient.CreateAsync(server.Account, ClockThatIsWrongBy(-2));

        using var response = await PresignedUrl.SendAsync(accounts, HttpMethod.Get, _bucket, lifetime: TimeSpan.FromMinutes(1));

        await AssertRefusedAsync(response, HttpStatusCode.Forbidden, "AccessDenied");
    }

    [Fact]
    public async Task PresignedUrl_ForAnotherObject_IsRefused()
    {
        await using var bucket = await S3Bucket.CreateAsync(server.Endpoint, server.Account);
        await bucket.PutAsync("mine", "content");
        await bucket.PutAsync("other", "content");

        using var response = await PresignedUrl.SendAsync(bucket.Accounts, HttpMethod.Get, bucket["mine"], change: static uri => uri.Replace("/mine?", "/other?", StringComparison.Ordinal));

        await AssertRefusedAsync(response, HttpStatusCode.Forbidden, "SignatureDoesNotMatch");
    }

    [Fact]
    public async Task Request_WhoseBodyIsChangedOnItsWay_IsRefusedForTheCallerToRead()
    {
        await using var bucket = await S3Bucket.CreateAsync(server.Endpoint, server.Account);
        await using var accounts = await AccountHttpClient.CreateAsync(server.Account, belowAccounts: new BodyChanger());

        using var response = await accounts.Http.PutAsync(bucket["order"], new StringContent("pay 100 to alice"));

        await AssertRefusedAsync(response, HttpStatusCode.BadRequest, "BadDigest");
        (await bucket.ListAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData(-20)]
    [InlineData(20)]
    public async Task Request_WithAClockTwentyMinutesWrong_IsTakenWithTheServersTime(int minutes)
    {
        var counter = new Counter();
        await using var accounts = await AccountHttpClient.CreateAsync(server.Account, ClockThatIsWrongBy(minutes), counter);

        using var response = await accounts.Http.PutAsync(_bucket, content: null);
        using var next = await accounts.Http.GetAsync(_bucket);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        next.StatusCode.Should().Be(HttpStatusCode.OK);
        counter.Count.Should().Be(3, "the first is repeated once, and the next knows the time");
    }

    // Send repeats nothing.
    [Fact]
    public async Task Request_WithAWrongClockByTheSynchronousSend_IsRefusedForTheCallerToRead()
    {
        await using var accounts = await AccountHttpClient.CreateAsync(server.Account, ClockThatIsWrongBy(20));
        using var request = new HttpRequestMessage(HttpMethod.Put, _bucket);

        using var response = accounts.Http.Send(request);

        await AssertRefusedAsync(response, HttpStatusCode.Forbidden, "RequestTimeTooSkewed");
        response.GetAccountRefusal()!.AccountNames.Should().Equal("s3");
    }

    [Theory]
    [InlineData(-10)]
    [InlineData(10)]
    public async Task Request_WithAClockTenMinutesWrong_IsTaken(int minutes)
    {
        await using var accounts = await AccountHttpClient.CreateAsync(server.Account, ClockThatIsWrongBy(minutes));

        using var response = await accounts.Http.PutAsync(_bucket, content: null);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private static FakeTimeProvider ClockThatIsWrongBy(int minutes) => new(TimeProvider.System.GetUtcNow().AddMinutes(minutes));

    private static async Task AssertRefusedAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        (await S3Bucket.CodeAsync(response)).Should().Be(code);
        response.StatusCode.Should().Be(status);
        response.RequestMessage!.Headers.Should().BeEmpty("the signature is taken off, however the request ended");
    }

    /// <summary>Counts what is sent.</summary>
    private sealed class Counter : DelegatingHandler
    {
        public int Count { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Count++;
            return base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>Changes a query on its way, as proxies do.</summary>
    private sealed class QueryChanger : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // A message of its own: the one that was signed stays as it is.
            var changed = new HttpRequestMessage(request.Method, new Uri($"{request.RequestUri}?changed=on-its-way"));
            foreach (var (name, value) in request.Headers.NonValidated)
            {
                changed.Headers.TryAddWithoutValidation(name, value.ToString());
            }

            return base.SendAsync(changed, cancellationToken);
        }
    }

    /// <summary>Somebody on the way who wants the money.</summary>
    private sealed class BodyChanger : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var type = request.Content!.Headers.ContentType;
            request.Content = new ByteArrayContent(Encoding.ASCII.GetBytes("pay 100 to mallo"));
            request.Content.Headers.ContentType = type;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
