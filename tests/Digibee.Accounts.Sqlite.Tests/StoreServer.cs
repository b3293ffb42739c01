using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Digibee.Accounts;

/// <summary>The other process: it does what the lines of its input say, many at once, until there are no more.</summary>
internal sealed class StoreServer(TextReader input, TextWriter output) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<int, CancellationTokenSource> _running = new();
    private readonly Lock _writing = new();
    private SqliteAccountStore? _store;
    private string _path = "";

    private SqliteAccountStore Store => _store ?? throw new InvalidOperationException("No store is open.");

    public async Task RunAsync()
    {
        while (await input.ReadLineAsync() is { } line)
        {
            var call = JsonSerializer.Deserialize<StoreCall>(line)!;
            if (call.Method == StoreMethod.Cancel)
            {
                if (_running.TryGetValue(call.Id, out var running))
                {
                    await running.CancelAsync();
                }
            }
            else
            {
                _running[call.Id] = new CancellationTokenSource();
                _ = AnswerAsync(call);
            }
        }
    }

    public ValueTask DisposeAsync() => _store?.DisposeAsync() ?? default;

    private async Task AnswerAsync(StoreCall call)
    {
        try
        {
            var running = _running[call.Id].Token;
            await (call.Method == StoreMethod.Watch ? WatchAsync(call, running) : ReplyAsync(call, call.IsCancelled ? new CancellationToken(canceled: true) : running));
        }
        catch (Exception exception)
        {
            Write(new StoreReply(call.Id) { Failure = StoreReplyFailure.Of(exception) });
        }
        finally
        {
            _running.TryRemove(call.Id, out _);
        }
    }

    private async Task WatchAsync(StoreCall call, CancellationToken cancellationToken)
    {
        await foreach (var change in Store.WatchAsync(cancellationToken))
        {
            Write(new StoreReply(call.Id) { Change = change });
        }
    }

    private async Task ReplyAsync(StoreCall call, CancellationToken cancellationToken)
    {
        var reply = new StoreReply(call.Id);
        switch (call.Method)
        {
            case StoreMethod.Open:
                _path = call.Path!;
                _store = new SqliteAccountStore(_path, new SqliteStoreOptions { FeedInterval = TimeSpan.FromMilliseconds(20) }, TimeProvider.System, NullLogger<SqliteAccountStore>.Instance);
                break;
            case StoreMethod.Close:
                await Store.DisposeAsync();
                break;
            case StoreMethod.BecomeNobody:
                SqliteTestProcess.BecomeNobody();
                break;
            case StoreMethod.Get:
                reply = reply with { Record = await Store.GetAsync(call.Key, cancellationToken) };
                break;
            case StoreMethod.Append:
                reply = reply with { ETag = await Store.TryAppendAsync(call.Record!, call.ETag, call.Keep, cancellationToken) };
                break;
            case StoreMethod.Replace:
                reply = reply with { ETag = await Store.TryReplaceAsync(call.Record!, call.ETag!, cancellationToken) };
                break;
            case StoreMethod.Purge:
                reply = reply with { IsTaken = await Store.TryPurgeAsync(call.Key, call.ETag!, cancellationToken) };
                break;
            case StoreMethod.List:
                reply = reply with { Page = await Store.ListAsync(call.Query!, cancellationToken) };
                break;
            case StoreMethod.Save:
                await SaveAsync(call);
                break;
            default:
                throw new InvalidOperationException($"There is no method {call.Method}.");
        }

        Write(reply);
    }

    private async Task SaveAsync(StoreCall call)
    {
        await using var accounts = SqliteTestAccounts.Create(_path, call.KeyText!);
        await accounts.GetRequiredService<IAccountVault>().SaveAsync(SqliteTestAccounts.Account(call.Token!));
    }

    private void Write(StoreReply reply)
    {
        var line = JsonSerializer.Serialize(reply);
        lock (_writing)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }
}
