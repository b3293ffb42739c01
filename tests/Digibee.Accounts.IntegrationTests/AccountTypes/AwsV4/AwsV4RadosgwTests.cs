using System.Net;
using System.Xml.Linq;

namespace Digibee.Accounts;

/// <summary>Temporary credentials, from a service that is not S3 to one that is.</summary>
[Collection<S3RadosgwServer>]
[Trait("Category", "Slow")]
public sealed class AwsV4RadosgwTests(S3RadosgwServer server)
{
    private readonly Uri _bucket = new(server.Endpoint, $"bucket-{Guid.NewGuid():N}");

    [Fact]
    public async Task Request_WithASessionToken_IsTaken()
    {
        await using var accounts = await AccountHttpClient.CreateAsync(await AssumeRoleAsync());
        var uri = new Uri($"{_bucket}/a b/ü+x=~.txt");

        using var created = await accounts.Http.PutAsync(_bucket, content: null);
        using var put = await accounts.Http.PutAsync(uri, new StringContent("content of an object"));
        var read = await accounts.Http.GetStringAsync(uri);

        created.StatusCode.Should().Be(HttpStatusCode.OK);
        put.StatusCode.Should().Be(HttpStatusCode.OK);
        read.Should().Be("content of an object");
    }

    [Fact]
    public async Task Request_WithoutItsSessionToken_IsRefusedForTheCallerToRead()
    {
        await using var accounts = await AccountHttpClient.CreateAsync(await AssumeRoleAsync() with { SessionToken = null });

        using var response = await accounts.Http.PutAsync(_bucket, content: null);

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        Code(await response.Content.ReadAsStringAsync()).Should().Be("AccessDenied");
        response.GetAccountRefusal()!.AccountNames.Should().Equal("s3");
    }

    [Fact]
    public async Task Request_WithAnotherSessionToken_IsRefusedForTheCallerToRead()
    {
        var one = await AssumeRoleAsync();
        var other = await AssumeRoleAsync();
        await using var accounts = await AccountHttpClient.CreateAsync(one with { SessionToken = other.SessionToken });

        using var response = await accounts.Http.PutAsync(_bucket, content: null);

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        Code(await response.Content.ReadAsStringAsync()).Should().Be("AccessDenied");
    }

    private static string Code(string error) => XDocument.Parse(error).Root!.Element("Code")!.Value;

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
