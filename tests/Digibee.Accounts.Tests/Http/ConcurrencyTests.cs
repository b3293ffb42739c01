using System.Collections.Concurrent;

namespace Digibee.Accounts;

/// <summary>Requests that run at the same time never carry one another's account.</summary>
public sealed class ConcurrencyTests : NetworkTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SendAsync_AThousandTimesAtOnceOverTwoAccounts_NeverMixesThem(bool chosenByTheRequest)
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer("first", "of-first"), Bearer("second", "of-second"));
        using var shared = new HttpClient(accounts.CreateHandler([], Network.CreateHandler()));
        using var first = Client(accounts, "first");
        using var second = Client(accounts, "second");
        var left = new ConcurrentQueue<string>();

        await Parallel.ForEachAsync(Enumerable.Range(0, 1_000), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, cancellationToken) =>
        {
            var name = i % 2 == 0 ? "first" : "second";
            using var request = new HttpRequestMessage(HttpMethod.Get, $"https://api.example/{name}");
            var client = chosenByTheRequest ? shared : name == "first" ? first : second;
            using var response = await client.SendAsync(chosenByTheRequest ? request.UseAccount(name) : request, cancellationToken);
            if (request.Headers.Any())
            {
                left.Enqueue(request.ToString());
            }
        });

        Network.Requests.Should().HaveCount(1_000);
        Network.Requests.Where(static request => request.Header("Authorization") != $"Bearer of-{request.Target[1..]}").Should().BeEmpty();
        left.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_WhileTheAccountChanges_AlwaysCarriesOneRevisionOrTheOther()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer(token: "r0"));
        using var client = Client(accounts, "bearer");

        var saving = Task.Run(async () =>
        {
            for (var i = 1; i <= 50; i++)
            {
                await accounts.Vault.SaveAsync(Bearer(token: $"r{i}"));
            }
        });
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), async (_, cancellationToken) => (await client.GetAsync("https://api.example/", cancellationToken)).Dispose());
        await saving;
        using var last = await client.GetAsync("https://api.example/");

        Network.Requests.Should().OnlyContain(static request => System.Text.RegularExpressions.Regex.IsMatch(request.Header("Authorization")!, "^Bearer r[0-9]+$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        Network.Requests[^1].Header("Authorization").Should().Be("Bearer r50");
    }
}
