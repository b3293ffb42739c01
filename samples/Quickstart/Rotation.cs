using Digibee.Accounts;

namespace Quickstart;

/// <summary>Changes an account while requests run: the service takes both tokens for a while, we save the new one, the service forgets the old one.</summary>
internal sealed class Rotation(CrmService service, HttpClient client)
{
    private readonly int[] _sent = new int[4];   // by each sender
    private int _refused;

    public string Outcome => $"{_sent.Sum()} requests, {_refused} refused";

    public async Task<bool> RunAsync(IAccountVault vault)
    {
        using var stop = new CancellationTokenSource();
        var senders = Enumerable.Range(0, _sent.Length).Select(sender => SendUntilAsync(sender, stop.Token)).ToArray();
        await EachHasSentAsync(50, senders);

        service.Tokens[Samples.RotatedToken] = true;
        var current = await vault.GetAsync<OAuthBearerAccount>(Samples.Bearer);
        await vault.SaveAsync(current with { Token = new Secret(Samples.RotatedToken) });

        // What is under way may still carry the old token; what begins from here on carries the new one.
        await EachHasSentAsync(2, senders);
        service.Tokens.TryRemove(Samples.FirstToken, out _);
        await EachHasSentAsync(50, senders);

        await stop.CancelAsync();
        await Task.WhenAll(senders);
        return _refused == 0;
    }

    private async Task SendUntilAsync(int sender, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var answer = await client.GetAsync("/bearer", CancellationToken.None);
                Interlocked.Add(ref _refused, answer.IsSuccessStatusCode ? 0 : 1);
            }
            catch (Exception exception) when (exception is AccountException or HttpRequestException)
            {
                Interlocked.Increment(ref _refused);
                return;
            }

            Interlocked.Increment(ref _sent[sender]);
        }
    }

    private async Task EachHasSentAsync(int more, Task[] senders)
    {
        var goals = _sent.Select(sent => sent + more).ToArray();
        while (_sent.Zip(goals).Any(static pair => pair.First < pair.Second) && !senders.Any(static sender => sender.IsCompleted))
        {
            await Task.Delay(1);   // the senders go on meanwhile
        }
    }
}
