using System.Text.Json.Nodes;

namespace Digibee.Accounts;

/// <summary>A key file in Google's form, whose assertions a real server verifies.</summary>
[Collection<OAuthServer>]
public sealed class GoogleKeyServerTests(OAuthServer server)
{
    [Fact]
    public async Task SendAsync_WithAKeyFile_GetsATokenIfTheKeyIsRight()
    {
        await using var program = new OAuthClient(server.Provider);
        var file = await File.ReadAllTextAsync(server["SERVICE_ACCOUNT"]);
        var account = new GoogleKeyAccount { Name = "g", Key = new Secret(file), Scopes = ["read"], AllowedOrigins = ["https://api.example"] };

        var known = await server.IntrospectAsync(await program.TokenAsync(account));

        known.GetProperty("active").GetBoolean().Should().BeTrue();
        known.GetProperty("scope").GetString().Should().Be("read");
        var wrong = JsonNode.Parse(file)!;
        wrong["private_key"] = await File.ReadAllTextAsync(server["CLIENT_KEY"]);
        var refused = () => program.TokenAsync(account with { Key = new Secret(wrong.ToJsonString()) });
        (await refused.Should().ThrowAsync<AccountAuthenticationException>()).Which.Message.Should().Contain("invalid_grant");
    }
}
