using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>Refresh tokens that are good for one exchange, between processes that share a file, one of which may die.</summary>
public sealed class TokenProcessTests : IAsyncLifetime
{
    private readonly SqliteTestFolder _folder = new();
    private readonly string _keyText = KeyRing.NewKeyText();
    private RotatingTokenServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RotatingTokenServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task SendAsync_FromTwoProcessesAtOnce_ConsumesOneRefreshToken()
    {
        await SaveAsync("r0");
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        _server.Gate = () =>
        {
            asked.TrySetResult();
            return answer.Task;
        };
        using var one = Start();
        using var other = Start();

        var first = TokenWorker.SendAsync(one);
        await asked.Task;
        var second = TokenWorker.SendAsync(other);
        answer.SetResult();

        (await first).Should().Be("Bearer a1");
        (await second).Should().Be("Bearer a1");
        _server.Exchanged.Should().Equal("r0");
        await EndAsync(one, other);
    }

    // The lease of the dead is waited for: a minute.
    [Fact]
    [Trait("Category", "Slow")]
    public async Task SendAsync_AfterAProcessWasKilledBetweenExchangeAndSave_SaysThatAPersonHasToLogInAndNeverLoops()
    {
        await SaveAsync("r0");
        using var killed = Start(stopsBeforeSave: true);
        (await TokenWorker.SendAsync(killed)).Should().Be(TokenWorker.Exchanged);
        killed.Kill();
        await killed.WaitForExitAsync();
        using var next = Start();

        (await TokenWorker.SendAsync(next)).Should().StartWith(nameof(AccountAuthenticationException)).And.Contain("log in");
        (await TokenWorker.SendAsync(next)).Should().StartWith(nameof(AccountAuthenticationException));
        _server.Exchanged.Should().Equal(["r0", "r0"], "what is refused once is not tried again for a while");

        // As by a person who has logged in.
        await SaveAsync("r9");
        (await SendUntilAsync(next, "Bearer")).Should().Be("Bearer a3");
        _server.Exchanged.Should().Equal("r0", "r0", "r9");
        await EndAsync(next);
    }

    private static async Task EndAsync(params Process[] workers)
    {
        foreach (var worker in workers)
        {
            worker.StandardInput.Close();
            await worker.WaitForExitAsync();
            worker.ExitCode.Should().Be(0);
        }
    }

    // Another process hears of a save within a second.
    private static async Task<string?> SendUntilAsync(Process worker, string start)
    {
        string? outcome = null;
        for (var i = 0; i < 600; i++)
        {
            outcome = await TokenWorker.SendAsync(worker);
            if (outcome?.StartsWith(start, StringComparison.Ordinal) ?? false)
            {
                break;
            }

            await Task.Delay(50); // between two looks
        }

        return outcome;
    }

    private Process Start(bool stopsBeforeSave = false) => TokenWorker.Start(_folder.Database, _keyText, _server.Endpoint, stopsBeforeSave);

    private async Task SaveAsync(string refreshToken)
    {
        await using var program = TokenWorker.Create(_folder.Database, _keyText, _server.Endpoint);
        await program.GetRequiredService<IAccountVault>().SaveAsync(new OAuth2Account
        {
            Name = "a",
            Provider = "example",
            Grant = OAuth2Grant.RefreshToken,
            ClientId = "client",
            RefreshToken = new Secret(refreshToken),
            AllowedOrigins = ["https://api.example"],
        });
    }
}
