using System.Net;
using System.Xml.Linq;

namespace Digibee.Accounts;

/// <summary>Temporary credentials, from a service that is not S3 to one that is.</summary>
[Collection<S3RadosgwServer>]
[Trait("Category", "Slow")]
public sealed class AwsV4RadosgwTests(S3RadosgwServer server)
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
    public async Task Request_WithoutItsSessionToken_IsRefusedForTheCallerToRead()
    {
        await using var accounts = await AccountHttpClient.CreateAsync(await AssumeRoleAsync() with { SessionToken = null });

        using var response = await accounts.Http.PutAsync(S3Bucket.NewUri(server.Endpoint), content: null);

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await S3Bucket.CodeAsync(response)).Should().Be("AccessDenied");
        response.GetAccountRefusal()!.AccountNames.Should().Equal("s3");
    }

    [Fact]
    public async Task Request_WithAnotherSessionToken_IsRefusedForTheCallerToRead()
    {
        var one = await AssumeRoleAsync();
        var other = await AssumeRoleAsync();
        await using var accounts = await AccountHttpClient.CreateAsync(one with { SessionToken = other.SessionToken });

        using var response = await accounts.Http.PutAsync(S3Bucket.NewUri(server.Endpoint), content: null);

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await S3Bucket.CodeAsync(response)).Should().Be("AccessDenied");
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
