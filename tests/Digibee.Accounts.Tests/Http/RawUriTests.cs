namespace Digibee.Accounts;

/// <summary>A URI that its maker asked to be sent as it is arrives byte for byte, with the key behind it.</summary>
public sealed class RawUriTests : NetworkTest
{
    [Theory]
    [InlineData("/a/%7Efoo/%2e%2e/b?x=%7E&y=%41", "api-key-query", "&api%20key=s3cr3t%2F%2B%3Dvalue~")]
    [InlineData("/a/%7Efoo/%2e%2e/b?x=%7E&y=%41", "basic", "")]
    [InlineData("/a/./b", "api-key-query", "?api%20key=s3cr3t%2F%2B%3Dvalue~")]
    public async Task SendAsync_OfAUriKeptAsWritten_SendsItAsWritten(string pathAndQuery, string account, string added)
    {
        await using var accounts = await TestAccounts.CreateAsync([.. TestAccounts.All(["https://api.example"])]);
        using var client = Client(accounts, account);
        using var request = new HttpRequestMessage { RequestUri = new Uri("https://api.example" + pathAndQuery, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }) };
        var before = request.RequestUri;

        using var response = await client.SendAsync(request);

        Network.Request.Target.Should().Be(pathAndQuery + added);
        request.RequestUri.Should().BeSameAs(before);
    }
}
