using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

/// <summary>What a server that somebody else wrote makes of our signatures.</summary>
[Collection<S3SwiftServer>]
public sealed class AwsV4SwiftTests(S3SwiftServer server)
{
    private readonly Uri _bucket = new(server.Endpoint, $"bucket-{Guid.NewGuid():N}/");

    // As S3's documentation encodes a key, and as a program writes it that leaves the encoding to Uri.
    [Theory]
    [InlineData("plain.txt", "plain.txt")]
    [InlineData("a b/ü+x=~.txt", "a%20b/%C3%BC%2Bx%3D~.txt")]
    [InlineData("a b/ü+x=~.txt", "a b/ü+x=~.txt")]
    [InlineData("日本/𝄞/!'()*,;:@$&.txt", "日本/𝄞/!'()*,;:@$&.txt")]
    [InlineData("a//b", "a//b")]
    [InlineData("100%/[1]?#.txt", "100%25/%5B1%5D%3F%23.txt")]
    public async Task Object_WithThisKey_IsPutReadListedAndDeleted(string key, string path)
    {
        await using var accounts = await CreateClientAsync(server.Account);
        var client = accounts.Http;
        var uri = new Uri(_bucket, $"./{path}");

        using var put = await client.PutAsync(uri, new StringContent("content of an object"));
        var read = await client.GetStringAsync(uri);
        var listed = await ListAsync(client, $"prefix={Uri.EscapeDataString(key[..1])}");
        using var deleted = await client.DeleteAsync(uri);
        var left = await ListAsync(client, "");

        put.StatusCode.Should().Be(HttpStatusCode.OK);
        read.Should().Be("content of an object");
        listed.Should().Equal(key);
        deleted.StatusCode.Should().Be(HttpStatusCode.NoContent);
        left.Should().BeEmpty();
    }

    [Fact]
    public async Task Object_OfFiveMebibytes_ComesBackToTheByte()
    {
        await using var accounts = await CreateClientAsync(server.Account);
        var body = RandomNumberGenerator.GetBytes(5 << 20);
        var uri = new Uri(_bucket, "large");

        using var put = await accounts.Http.PutAsync(uri, new ByteArrayContent(body));
        var read = await accounts.Http.GetByteArrayAsync(uri);

        put.StatusCode.Should().Be(HttpStatusCode.OK);
        read.AsSpan().SequenceEqual(body).Should().BeTrue();
    }

    [Fact]
    public async Task Object_FromASeekableStream_ComesBackToTheByte()
    {
        await using var accounts = await CreateClientAsync(server.Account);
        var body = RandomNumberGenerator.GetBytes(300_000);
        var uri = new Uri(_bucket, "stream");

        using var put = await accounts.Http.PutAsync(uri, new StreamContent(new MemoryStream(body)));
        var read = await accounts.Http.GetByteArrayAsync(uri);

        put.StatusCode.Should().Be(HttpStatusCode.OK);
        read.AsSpan().SequenceEqual(body).Should().BeTrue();
    }

    [Fact]
    public async Task Object_ByTheSynchronousSend_IsPutAndRead()
    {
        await using var accounts = await CreateClientAsync(server.Account);
        var uri = new Uri(_bucket, "synchronous");
        using var write = new HttpRequestMessage(HttpMethod.Put, uri) { Content = new StringContent("content") };
        using var read = new HttpRequestMessage(HttpMethod.Get, uri);

        using var written = accounts.Http.Send(write);
        using var answer = accounts.Http.Send(read);

        written.StatusCode.Should().Be(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).Should().Be("content");
    }

    [Fact]
    public async Task List_WithParametersInAnyOrder_GivesAPage()
    {
        await using var accounts = await CreateClientAsync(server.Account);
        foreach (var key in new[] { "a/1", "a/2", "a b", "b" })
        {
            using var put = await accounts.Http.PutAsync(new Uri(_bucket, key), new StringContent(""));
            put.StatusCode.Should().Be(HttpStatusCode.OK);
        }

        var listed = await ListAsync(accounts.Http, "prefix=a&max-keys=2&delimiter=%2F&list-type=2&&start-after=");

        listed.Should().Equal("a b");
    }

    [Fact]
    public async Task Request_WithAWrongSecret_IsRefusedForTheCallerToRead()
    {
        await using var accounts = await AccountHttpClient.CreateAsync(server.Account with { SecretAccessKey = new Secret("another secret") });

        using var response = await accounts.Http.PutAsync(_bucket, content: null);

        await AssertRefusedAsync(response, HttpStatusCode.Forbidden, "SignatureDoesNotMatch");
        response.GetAccountRefusal()!.AccountNames.Should().Equal("s3");
    }

    [Fact]
    public async Task Request_WithAWrongRegion_IsRefusedForTheCallerToRead()
    {
        await using var accounts = await AccountHttpClient.CreateAsync(server.Account with { Region = "eu-central-1" });

        using var response = await accounts.Http.PutAsync(_bucket, content: null);

        await AssertRefusedAsync(response, HttpStatusCode.BadRequest, "AuthorizationHeaderMalformed");
    }

    [Fact]
    public async Task Request_WhoseBodyIsChangedOnItsWay_IsRefusedForTheCallerToRead()
    {
        await using var honest = await CreateClientAsync(server.Account);
        await using var accounts = await AccountHttpClient.CreateAsync(server.Account, belowAccounts: new BodyChanger());
        var uri = new Uri(_bucket, "changed");

        using var response = await accounts.Http.PutAsync(uri, new StringContent("pay 100 to alice"));

        await AssertRefusedAsync(response, HttpStatusCode.BadRequest, "BadDigest");
        (await ListAsync(honest.Http, "")).Should().BeEmpty();
    }

    [Theory]
    [InlineData(-20)]
    [InlineData(20)]
    public async Task Request_WithAClockTwentyMinutesWrong_IsRefusedForTheCallerToRead(int minutes)
    {
        await using var accounts = await AccountHttpClient.CreateAsync(server.Account, new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(minutes)));

        using var response = await accounts.Http.PutAsync(_bucket, content: null);

        await AssertRefusedAsync(response, HttpStatusCode.Forbidden, "RequestTimeTooSkewed");
        response.GetAccountRefusal()!.AccountNames.Should().Equal("s3");
    }

    [Theory]
    [InlineData(-10)]
    [InlineData(10)]
    public async Task Request_WithAClockTenMinutesWrong_IsTaken(int minutes)
    {
        await using var accounts = await AccountHttpClient.CreateAsync(server.Account, new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(minutes)));

        using var response = await accounts.Http.PutAsync(_bucket, content: null);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var error = XDocument.Parse(await response.Content.ReadAsStringAsync());

        error.Root!.Element("Code")!.Value.Should().Be(code);
        response.StatusCode.Should().Be(status);
        response.RequestMessage!.Headers.Should().BeEmpty("the signature is taken off, however the request ended");
    }

    private async Task<string[]> ListAsync(HttpClient client, string query)
    {
        var page = XDocument.Parse(await client.GetStringAsync($"{_bucket}?{query}"));
        return [.. page.Descendants().Where(static element => element.Name.LocalName == "Key").Select(static element => element.Value)];
    }

    private async Task<AccountHttpClient> CreateClientAsync(AwsV4Account account)
    {
        var accounts = await AccountHttpClient.CreateAsync(account);
        using var created = await accounts.Http.PutAsync(_bucket, content: null);
        created.StatusCode.Should().Be(HttpStatusCode.OK);
        return accounts;
    }

    /// <summary>Somebody on the way who wants the money.</summary>
    private sealed class BodyChanger : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var content = new ByteArrayContent(Encoding.ASCII.GetBytes("pay 100 to mallo"));
            foreach (var header in request.Content!.Headers.NonValidated)
            {
                content.Headers.TryAddWithoutValidation(header.Key, header.Value.ToString());
            }

            request.Content = content;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
