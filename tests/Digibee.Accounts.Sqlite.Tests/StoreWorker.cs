using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;

namespace Digibee.Accounts;

/// <summary>A process with a <see cref="StoreServer"/> in it, seen from the one that runs tests.</summary>
internal sealed class StoreWorker : IAsyncDisposable
{
    private readonly Process _process = SqliteTestProcess.StartServer();
    private readonly ConcurrentDictionary<int, Channel<StoreReply>> _calls = new();
    private readonly Lock _writing = new();
    private readonly Task _reading;
    private int _lastId;

    public StoreWorker() => _reading = Task.Run(ReadAsync);

    /// <summary>Asks for one thing and waits for its answer.</summary>
    public async Task<StoreReply> CallAsync(StoreMethod method, Func<StoreCall, StoreCall>? with = null, CancellationToken cancellationToken = default)
    {
        await foreach (var reply in StreamAsync(method, with, cancellationToken))
        {
            return reply;
        }

        throw new EndOfStreamException("The other process gave no answer.");
    }

    /// <summary>Asks for one thing and gives every answer. Cancellation is the other process's business: it answers with an exception.</summary>
    public async IAsyncEnumerable<StoreReply> StreamAsync(StoreMethod method, Func<StoreCall, StoreCall>? with = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var call = new StoreCall(Interlocked.Increment(ref _lastId), method) { IsCancelled = cancellationToken.IsCancellationRequested };
        var replies = _calls[call.Id] = Channel.CreateUnbounded<StoreReply>();
        try
        {
            Send(with?.Invoke(call) ?? call);
            await using var cancelling = cancellationToken.Register(() => Send(new StoreCall(call.Id, StoreMethod.Cancel)));
            await foreach (var reply in replies.Reader.ReadAllAsync(CancellationToken.None))
            {
                yield return reply.Failure is { } failure ? throw failure.ToException() : reply;
            }
        }
        finally
        {
            _calls.TryRemove(call.Id, out _);
            Send(new StoreCall(call.Id, StoreMethod.Cancel));
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Its input ends, and so does it.
        _process.StandardInput.Close();
        await _reading;
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Send(StoreCall call)
    {
        var line = JsonSerializer.Serialize(call);
        lock (_writing)
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var reply = JsonSerializer.Deserialize<StoreReply>(line)!;
            if (_calls.TryGetValue(reply.Id, out var replies))
            {
                replies.Writer.TryWrite(reply);
            }
        }

        foreach (var replies in _calls.Values)
        {
            replies.Writer.TryComplete();
        }
    }
}
