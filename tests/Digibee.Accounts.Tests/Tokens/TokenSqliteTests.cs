using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>Two programs' parts over one SQLite file: what one has asked for, the other finds there.</summary>
public sealed class TokenSqliteTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("accounts-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task SendAsync_OfTwoProgramsOnOneFile_ConsumesOneRefreshToken()
    {
        var keyText = KeyRing.NewKeyText();
        var path = Path.Combine(_folder.FullName, "accounts.db");
        await using var one = new TokenFixture(builder => builder.UseSqliteStore($"Data Source={path}"), keyText: keyText);
        await using var other = new TokenFixture(builder => builder.UseSqliteStore($"Data Source={path}"), keyText: keyText);
        await one.Vault.SaveAsync(new OAuth2Account { Name = "a", Provider = "example", Grant = OAuth2Grant.RefreshToken, ClientId = "c", RefreshToken = new Secret("r0"), AllowedOrigins = ["https://api.example"] });
        var gate = new TaskCompletionSource();
        one.Endpoint.Gate = gate.Task;
        one.Endpoint.Answer = static _ => TestTokenEndpoint.Tokens("token", """, "expires_in": 3600, "refresh_token": "r1" """);

        var first = one.AuthorizationAsync();
        await VaultFixture.Eventually(() => one.Endpoint.Requests.Count == 1);
        var second = other.AuthorizationAsync();
        gate.SetResult();
        (await first).Should().Be("Bearer token");
        for (var i = 0; i < 2_000 && !second.IsCompleted; i++)
        {
            other.Time.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Delay(2); // Lets the waiter run between two moves of its clock.
        }

        (await second).Should().Be("Bearer token");
        one.Endpoint.Requests.Concat(other.Endpoint.Requests).Select(static request => request.Form["refresh_token"]).Should().Equal("r0");
    }
}
