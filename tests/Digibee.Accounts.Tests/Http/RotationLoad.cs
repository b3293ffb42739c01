namespace Digibee.Accounts;

/// <summary>Sends from several flows at once while an account is saved again and again.</summary>
internal static class RotationLoad
{
    private const int Senders = 4;
    private const int Saves = 20;

    /// <summary>Returns when each save had requests after it, or throws what a sender threw.</summary>
    /// <param name="vault">Where the account is saved.</param>
    /// <param name="revision">Gives the account as it is saved the n-th time.</param>
    /// <param name="send">Sends one request and throws when it fails.</param>
    public static async Task RunAsync(IAccountVault vault, Func<int, Account> revision, Func<Task> send)
    {
        using var stop = new CancellationTokenSource();
        var sent = 0;
        var senders = Enumerable.Range(0, Senders).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await send();
                Interlocked.Increment(ref sent);
            }
        })).ToArray();

        for (var save = 0; save < Saves; save++)
        {
            await vault.SaveAsync(revision(save));
            var goal = Volatile.Read(ref sent) + (2 * Senders);
            while (Volatile.Read(ref sent) < goal && !senders.Any(static sender => sender.IsCompleted))
            {
                await Task.Delay(1); // the senders go on meanwhile
            }
        }

        await stop.CancelAsync();
        await Task.WhenAll(senders);
    }
}
