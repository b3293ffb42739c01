using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>Two hundred requests a second to a real server, while the account they carry is saved again and again.</summary>
public sealed class RotationUnderLoadTests(ITestOutputHelper output) : IDisposable
{
    private const int RequestsPerSecond = 200;

    private readonly SqliteTestFolder _folder = new();
    private readonly CredentialTimeline _timeline = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task SendAsync_ForTwoSecondsWhileTheAccountIsSavedFiveTimes_NeverFailsAndSendsWhatIsCurrent() => RunAsync(TimeSpan.FromSeconds(2), saves: 5);

    [Fact]
    [Trait("Category", "Slow")]
    public Task SendAsync_ForAMinuteWhileTheAccountIsSavedAHundredTimes_NeverFailsAndSendsWhatIsCurrent() => RunAsync(TimeSpan.FromMinutes(1), saves: 100);

    private async Task RunAsync(TimeSpan duration, int saves)
    {
        await using var server = await StartServerAsync();
        var origin = server.Urls.Single();
        await using var program = SqliteTestAccounts.Create(_folder.Database, KeyRing.NewKeyText(), static services => services.AddHttpClient("crm").UseAccount("crm"));
        var vault = program.GetRequiredService<IAccountVault>();
        using var client = program.GetRequiredService<IHttpClientFactory>().CreateClient("crm");
        await SaveAsync(0);

        var start = Stopwatch.GetTimestamp();
        var sending = SendAllAsync(client, origin, start, (int)(duration.TotalSeconds * RequestsPerSecond));
        for (var number = 1; number <= saves; number++)
        {
            await UntilAsync(start, duration * number / (saves + 1));
            await SaveAsync(number);
        }

        // One that failed, or came without a credential, throws here.
        var sent = await sending;

        output.WriteLine($"{sent.Length} requests in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s, {saves} saves, {sent.Select(static request => request.Credential).Distinct().Count()} credentials seen");
        sent.Should().HaveCount((int)(duration.TotalSeconds * RequestsPerSecond));
        sent.Where(request => !_timeline.IsCurrent(request)).Should().BeEmpty("each carries a credential that was current when it was sent");
        sent.Select(static request => request.Credential).Distinct().Count().Should().BeGreaterThan(saves / 2, "the saves came between the requests");

        async Task SaveAsync(int number)
        {
            _timeline.Saving();
            await vault.SaveAsync(SqliteTestAccounts.Account($"{number}", origin: origin));
            _timeline.Saved();
        }
    }

    private static async Task<SentRequest[]> SendAllAsync(HttpClient client, string origin, long start, int count)
    {
        var requests = new Task<SentRequest>[count];
        for (var i = 0; i < count; i++)
        {
            await UntilAsync(start, TimeSpan.FromSeconds((double)i / RequestsPerSecond));
            requests[i] = Task.Run(() => SendAsync(client, origin));
        }

        return await Task.WhenAll(requests);
    }

    private static async Task<SentRequest> SendAsync(HttpClient client, string origin)
    {
        var started = Stopwatch.GetTimestamp();
        var answer = await client.GetStringAsync(origin);
        var parts = answer.Split(' ');
        return new SentRequest(started, Received: long.Parse(parts[1], null), Credential: int.Parse(parts[0], null));
    }

    // Answers with the credential that came and when it came.
    private static async Task<WebApplication> StartServerAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        server.Run(static context => context.Response.WriteAsync(
            $"{context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal)} {Stopwatch.GetTimestamp()}"));
        await server.StartAsync();
        return server;
    }

    private static async Task UntilAsync(long start, TimeSpan time)
    {
        while (time - Stopwatch.GetElapsedTime(start) is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left);
        }
    }
}
