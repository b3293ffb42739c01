using System.Net;
using System.Xml.Linq;

namespace Digibee.Accounts;

/// <summary>Temporary credentials, from a service that is not S3 to one that is.</summary>
[Collection<S3RadosgwServer>]
public sealed class AwsV4SessionTokenTests(S3RadosgwServer server)
{
    [Fact]
    public async Task Request_WithASessionToken_IsTaken()
    {
        await using var bucket = await S3Bucket.CreateAsync(server.Endpoint, await AssumeRoleAsync());

        await bucket.PutAsync("a b/ü+x=~.txt", "content of an object");
        var read = await bucket.Http.GetStringAsync(bucket["a b/ü+x=~.txt"]);

        read.Should().Be("content of an object");
    }

    [Fact]
    public async Task PresignedUrl_WithASessionToken_IsTaken()
    {
        await using var bucket = await S3Bucket.CreateAsync(server.Endpoint, await AssumeRoleAsync());
        await bucket.PutAsync("object", "content of an object");

        using var read = await PresignedUrl.SendAsync(bucket.Accounts, HttpMethod.Get, bucket["object"]);

        (await read.Content.ReadAsStringAsync()).Should().Be("content of an object");
    }

    [Fact]
    public async Task SignedChunks_WithASessionToken_AreTaken()
    {
        await using var bucket = await S3Bucket.CreateAsync(server.Endpoint, await AssumeRoleAsync());
        using var put = new HttpRequestMessage(HttpMethod.Put, bucket["chunks"]) { Content = new StringContent(new string('x', 100_000)) };
        put.UseAccount("s3", new AwsV4Signing { Payload = AwsV4PayloadSigning.SignedChunks });

        using var response = await bucket.Http.SendAsync(put);

        response.StatusCode.Should().Be(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        (await bucket.Http.GetStringAsync(bucket["chunks"])).Should().HaveLength(100_000);
    }

    [Fact]
    public async Task Request_WithoutItsSessionToken_IsRefusedForTheCallerToRead()
    {
        await using var accounts = await AccountHttpClient.CreateAsync(await AssumeRoleAsync() with { SessionToken = null });

        using var response = await accounts.Http.PutAsync(S3Bucket.NewUri(server.Endpoint), content: null);

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await S3Bucket.CodeAsync(response)).Should().Be("AccessDenied");
        response.GetAccountRefusal()!.AccountNames.Should().Equal("s3");
    }

    [Fact]
    public async Task Request_WithTheSessionTokenOfAnother_IsRefusedForTheCallerToRead()
    {
        var one = await AssumeRoleAsync();
        var other = await AssumeRoleAsync();
        await using var accounts = await AccountHttpClient.CreateAsync(one with { SessionToken = other.SessionToken });

        using var response = await accounts.Http.PutAsync(S3Bucket.NewUri(server.Endpoint), content: null);

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await S3Bucket.CodeAsync(response)).Should().Be("AccessDenied");
    }

    // Its first block, and its last.
    [Theory]
    [InlineData(4)]
    [InlineData(-8)]
    public async Task Request_WithATamperedSessionToken_IsRefusedForTheCallerToRead(int position)
    {
        var account = await AssumeRoleAsync();
        var token = account.SessionToken!.Reveal().ToCharArray();
        var index = position < 0 ? token.Length + position : position;
        token[index] = token[index] == 'A' ? 'B' : 'A';
        await using var accounts = await AccountHttpClient.CreateAsync(account with { SessionToken = new Secret(new string(token)) });

        using var response = await accounts.Http.PutAsync(S3Bucket.NewUri(server.Endpoint), content: null);

        response.StatusCode.Should().BeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.Forbidden);
        (await S3Bucket.CodeAsync(response)).Should().BeOneOf("InvalidArgument", "AccessDenied");
    }

    private async Task<AwsV4Account> AssumeRoleAsync()
    {
        await using var accounts = await AccountHttpClient.CreateAsync(server.Account with { Service = "sts" });
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Action"] = "AssumeRole",
            ["Version"] = "2011-06-15",
            ["RoleArn"] = server.RoleArn,
            ["RoleSessionName"] = "integration-test",
        });

        using var response = await accounts.Http.PostAsync(server.Endpoint, form);

        var answer = await response.Content.ReadAsStringAsync();
        response.StatusCode.Should().Be(HttpStatusCode.OK, answer);
        var credentials = XDocument.Parse(answer).Descendants().Where(static element => !element.HasElements).ToLookup(static element => element.Name.LocalName, static element => element.Value, StringComparer.Ordinal);
        return server.Account with
        {
            AccessKeyId = credentials["AccessKeyId"].Single(),
            SecretAccessKey = new Secret(credentials["SecretAccessKey"].Single()),
            SessionToken = new Secret(credentials["SessionToken"].Single()),
        };
    }
}
