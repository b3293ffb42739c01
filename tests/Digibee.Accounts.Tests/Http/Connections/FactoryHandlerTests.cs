using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>The factory replaces its handlers while the work goes on: what belonged to the old ones goes with them.</summary>
public sealed class FactoryHandlerTests : MutualTlsTest
{
    [Fact]
    [Trait("Category", "Slow")]
    public async Task SendAsync_WhileTheFactoryReplacesItsHandlers_NeverFailsAndLeavesNothing()
    {
        const int Generations = 4;
        var made = 0;
        await using var services = await TestServices.CreateAsync(services => services.AddHttpClient("short")
            .UseAccount("a")
            .SetHandlerLifetime(TimeSpan.FromSeconds(1))
            .ConfigurePrimaryHttpMessageHandler(() =>
            {
                Interlocked.Increment(ref made);
                return Server.CreateHandler();
            }));
        await services.GetRequiredService<IAccountVault>().SaveAsync(TestMutualTls.Account("a", "CN=a"));
        using var stop = new CancellationTokenSource();

        // They fail the test when one request fails.
        var workers = Enumerable.Range(0, 3).Select(worker => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                using var client = services.CreateClient("short");
                (await SendAsync(client, "a", worker == 0 ? HttpVersion.Version20 : HttpVersion.Version11)).Should().Be("CN=a");
            }
        })).ToArray();
        await UntilAsync(() => Volatile.Read(ref made) >= Generations);
        await stop.CancelAsync();
        await Task.WhenAll(workers);

        // The factory looks every ten seconds for handlers that nobody holds any more.
        var pool = services.GetRequiredService<ConnectionPool>();
        await UntilAsync(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return pool.Live == 0 && Server.OpenConnections == 0;
        });
        (await SendAsync(services.CreateClient("short"), "a")).Should().Be("CN=a");
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var attempt = 0; attempt < 1_200 && !condition(); attempt++)
        {
            await Task.Delay(100); // The factory's timers take no clock of ours.
        }

        condition().Should().BeTrue("it has to happen within two minutes");
    }
}
