using System.Collections.Concurrent;

namespace Digibee.Accounts;

/// <summary>Processes that have one store open at a time, kept for the next test: starting one takes longer than most tests.</summary>
public sealed class StoreWorkers : IAsyncDisposable
{
    private readonly ConcurrentBag<StoreWorker> _idle = [];

    /// <summary>Opens a store in a process that has no other open.</summary>
    internal ValueTask<RemoteStore> OpenAsync(string path) =>
        RemoteStore.OpenAsync(_idle.TryTake(out var worker) ? worker : new StoreWorker(), path, _idle.Add);

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _idle)
        {
            await worker.DisposeAsync();
        }
    }
}
