using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Digibee.Accounts;

/// <summary>What a server that somebody else wrote takes of our signatures.</summary>
[Collection<S3SwiftServer>]
public sealed class AwsV4SwiftTests(S3SwiftServer server)
{
    // As S3's documentation encodes a key, and as a program writes it that leaves the encoding to Uri.
    [Theory]
    [InlineData("plain.txt", "plain.txt")]
    [InlineData("a b/ü+x=~.txt", "a%20b/%C3%BC%2Bx%3D~.txt")]
    [InlineData("a b/ü+x=~.txt", "a b/ü+x=~.txt")]
    [InlineData("日本/𝄞/!'()*,;:@$&.txt", "日本/𝄞/!'()*,;:@$&.txt")]
    [InlineData("a//b/", "a//b/")]
    [InlineData("100%/[1]?#.txt", "100%25/%5B1%5D%3F%23.txt")]
    public async Task Object_WithThisKey_IsPutReadListedAndDeleted(string key, string path)
    {
        await using var bucket = await S3Bucket.CreateAsync(server.Endpoint, server.Account);

        await bucket.PutAsync(path, "content of an object");
        var read = await bucket.Http.GetStringAsync(bucket[path]);
        var listed = await bucket.ListAsync($"prefix={Uri.EscapeDataString(key)}");
        using var deleted = await bucket.Http.DeleteAsync(bucket[path]);
        var left = await bucket.ListAsync();

        read.Should().Be("content of an object");
        listed.Should().Equal(key);
        deleted.StatusCode.Should().Be(HttpStatusCode.NoContent);
        left.Should().BeEmpty();
    }

    [Fact]
    public async Task Object_WithDotsInItsKey_IsPutWhereAUriLeavesThem()
    {
        await using var bucket = await S3Bucket.CreateAsync(server.Endpoint, server.Account);
        var uri = new Uri($"{bucket.Uri}/a/../%2e/b", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

        using var put = await bucket.Http.PutAsync(uri, new StringContent("dots"));

        put.StatusCode.Should().Be(HttpStatusCode.OK);
        (await bucket.ListAsync()).Should().Equal("a/.././b");
    }

    [Fact]
    public async Task Object_OfFiveMebibytes_ComesBackToTheByte()
    {
        await using var bucket = await S3Bucket.CreateAsync(server.Endpoint, server.Account);
        var body = RandomNumberGenerator.GetBytes(5 << 20);

        using var put = await bucket.Http.PutAsync(bucket["large"], new ByteArrayContent(body));
        var read = await bucket.Http.GetByteArrayAsync(bucket["large"]);

        put.StatusCode.Should().Be(HttpStatusCode.OK);
        read.AsSpan().SequenceEqual(body).Should().BeTrue();
    }

    [Fact]
    public async Task Object_FromAStreamThatCanSeek_ComesBackToTheByte()
    {
        await using var bucket = await S3Bucket.CreateAsync(server.Endpoint, server.Account);
        var body = RandomNumberGenerator.GetBytes(300_000);

        using var put = await bucket.Http.PutAsync(bucket["stream"], new StreamContent(new MemoryStream(body)));
        var read = await bucket.Http.GetByteArrayAsync(bucket["stream"]);

        put.StatusCode.Should().Be(HttpStatusCode.OK);
        read.AsSpan().SequenceEqual(body).Should().BeTrue();
    }

    [Fact]
    public async Task Object_ByTheSynchronousSend_IsPutAndRead()
    {
        await using var bucket = await S3Bucket.CreateAsync(server.Endpoint, server.Account);
        using var write = new HttpRequestMessage(HttpMethod.Put, bucket["synchronous"]) { Content = new StringContent("content") };
        using var read = new HttpRequestMessage(HttpMethod.Get, bucket["synchronous"]);

        using var written = bucket.Http.Send(write);
        using var answer = bucket.Http.Send(read);

        written.StatusCode.Should().Be(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).Should().Be("content");
    }

    [Fact]
    public async Task Object_OfManyAtOnce_IsPutEachTime()
    {
        await using var bucket = await S3Bucket.CreateAsync(server.Endpoint, server.Account);
        var keys = Enumerable.Range(0, 40).Select(static i => $"object-{i:00}").ToArray();

        await Task.WhenAll(keys.Select(key => bucket.PutAsync(key, key)));

        (await bucket.ListAsync()).Should().Equal(keys);
    }

    [Fact]
    public async Task List_WithParametersInAnyOrder_GivesAPage()
    {
        await using var bucket = await S3Bucket.CreateAsync(server.Endpoint, server.Account);
        foreach (var key in new[] { "a/1", "a/2", "a b", "b" })
        {
            await bucket.PutAsync(key, "");
        }

        var listed = await bucket.ListAsync("prefix=a&max-keys=2&delimiter=%2F&list-type=2&&start-after=&fetch-owner");

        listed.Should().Equal("a b");
    }

    [Fact]
    public async Task Headers_OfTheMessage_ArriveAsTheyWereSigned()
    {
        await using var bucket = await S3Bucket.CreateAsync(server.Endpoint, server.Account);
        using var put = new HttpRequestMessage(HttpMethod.Put, bucket["headers"]) { Content = new StringContent("x", Encoding.UTF8, "text/csv") };
        put.Headers.Add("x-amz-meta-note", ["two   blanks", "two values"]);
        put.Headers.Add("X-Trace", ["one", "two"]);
        put.UseAccount("s3", new AwsV4Signing { SignedHeaders = ["X-Trace"] });

        using var written = await bucket.Http.SendAsync(put);
        using var read = await bucket.Http.GetAsync(bucket["headers"]);

        written.StatusCode.Should().Be(HttpStatusCode.OK);
        read.Headers.GetValues("x-amz-meta-note").Should().Equal("two   blanks, two values");
        read.Content.Headers.ContentType!.ToString().Should().Be("text/csv; charset=utf-8");
    }

    [Fact]
    public async Task Request_ThatNamesServiceAndRegionItself_IsTaken()
    {
        await using var accounts = await AccountHttpClient.CreateAsync(server.Account with { Service = null, Region = null });
        using var request = new HttpRequestMessage(HttpMethod.Put, S3Bucket.NewUri(server.Endpoint));
        request.UseAccount("s3", new AwsV4Signing { Service = "s3", Region = server.Account.Region });

        using var response = await accounts.Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Body_ThatIsReadOnce_GoesUnsignedByConsent()
    {
        await using var bucket = await S3Bucket.CreateAsync(server.Endpoint, server.Account);
        using var request = new HttpRequestMessage(HttpMethod.Put, bucket["once"]) { Content = new StreamContent(new AwsV4OneWayStream("read once"u8.ToArray())) };
        request.UseAccount("s3", new AwsV4Signing { Payload = AwsV4PayloadSigning.NotSigned, AllowUnsignedPayloadOverHttp = true });

        using var response = await bucket.Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await bucket.Http.GetStringAsync(bucket["once"])).Should().Be("read once");
    }

    [Fact]
    public async Task Body_WhoseHashTheCallerKnows_IsTaken()
    {
        await using var bucket = await S3Bucket.CreateAsync(server.Endpoint, server.Account);
        using var request = new HttpRequestMessage(HttpMethod.Put, bucket["known"]) { Content = new StringContent("known") };
        request.UseAccount("s3", new AwsV4Signing { PayloadHash = Convert.ToHexStringLower(SHA256.HashData("known"u8)) });

        using var response = await bucket.Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("plain.txt")]
    [InlineData("a b/ü+x=~.txt")]
    [InlineData("100%25/%5B1%5D?response-content-type=text%2Fcsv&x=a+b")]
    public async Task PresignedUrl_OfSomebodyWithoutTheAccount_PutsAndReads(string path)
    {
        await using var bucket = await S3Bucket.CreateAsync(server.Endpoint, server.Account);
        using var content = new StringContent("by url");
        var signing = new AwsV4Signing { AllowUnsignedPayloadOverHttp = true };

        using var put = await PresignedUrl.SendAsync(bucket.Accounts, HttpMethod.Put, bucket[path.Split('?')[0]], content, signing);
        using var read = await PresignedUrl.SendAsync(bucket.Accounts, HttpMethod.Get, bucket[path]);

        put.StatusCode.Should().Be(HttpStatusCode.OK);
        read.StatusCode.Should().Be(HttpStatusCode.OK);
        (await read.Content.ReadAsStringAsync()).Should().Be("by url");
    }

    [Fact]
    public async Task Secret_ThatChangesUnderTheSameAccessKeyId_SignsTheNextRequest()
    {
        await using var bucket = await S3Bucket.CreateAsync(server.Endpoint, server.Account);
        await bucket.PutAsync("rotated", "1");

        await bucket.Vault.SaveAsync(server.Account with { SecretAccessKey = new Secret("another secret") });
        using var refused = await bucket.Http.GetAsync(bucket["rotated"]);
        await bucket.Vault.SaveAsync(server.Account);
        using var taken = await bucket.Http.GetAsync(bucket["rotated"]);

        (await S3Bucket.CodeAsync(refused)).Should().Be("SignatureDoesNotMatch");
        taken.StatusCode.Should().Be(HttpStatusCode.OK);
    }
}
