using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Digibee.Accounts;

/// <summary>One connection that writes and a few that read, each used by one call at a time, off the caller's thread: SQLite has no asynchronous calls.</summary>
internal sealed class SqliteSessions(SqliteFile file) : IDisposable
{
    // More readers than this only take turns on the processor.
    private const int MaxReaders = 4;

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly SemaphoreSlim _reading = new(MaxReaders, MaxReaders);
    private readonly ConcurrentBag<SqliteSession> _writers = [];
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private volatile bool _isDisposed;

    /// <summary>Reads in a connection of its own. Cancelled, the caller leaves at once and the read ends by itself.</summary>
    public Task<T> ReadAsync<T>(string? accountName, Func<SqliteSession, T> read, CancellationToken cancellationToken) =>
        RunAsync(_reading, _readers, accountName, read, cancellationToken);

    /// <summary>Writes in one transaction, alone among all processes, which is rolled back when the result is the type's default: nothing was to be done.</summary>
    public Task<T?> WriteAsync<T>(string? accountName, Func<SqliteSession, T?> write, CancellationToken cancellationToken) =>
        RunAsync(_writing, _writers, accountName, session => Transact(session, accountName, write), cancellationToken);

    public void Dispose()
    {
        _isDisposed = true;
        Clear(_writers);
        Clear(_readers);
    }

    private async Task<T> RunAsync<T>(SemaphoreSlim gate, ConcurrentBag<SqliteSession> idle, string? accountName, Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        var running = Task.Run(
            () =>
            {
                try
                {
                    return Run(idle, accountName, work);
                }
                finally
                {
                    gate.Release();
                }
            },
            CancellationToken.None);
        return await running.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private T Run<T>(ConcurrentBag<SqliteSession> idle, string? accountName, Func<SqliteSession, T> work)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(SqliteAccountStore));
        SqliteSession? session = null;
        try
        {
            session = Take(idle);
            var result = work(session);
            idle.Add(session);
            session = null;
            return result;
        }
        catch (SqliteException exception)
        {
            throw SqliteFailure.From(exception, file.Path, accountName);
        }
        catch (Exception exception) when (SqliteFailure.IsNull(exception))
        {
            throw SqliteFailure.Unreadable(file.Path, accountName);
        }
        finally
        {
            // After a failure nobody knows what state it is in; closing it rolls back.
            session?.Dispose();
            if (_isDisposed)
            {
                Clear(idle);
            }
        }
    }

    private SqliteSession Take(ConcurrentBag<SqliteSession> idle)
    {
        while (idle.TryTake(out var session))
        {
            if (!session.HasMoved(file.Path))
            {
                return session;
            }

            session.Dispose();
        }

        return file.Open();
    }

    private T? Transact<T>(SqliteSession session, string? accountName, Func<SqliteSession, T?> write)
    {
        session.Execute("BEGIN IMMEDIATE");
        var result = write(session);
        if (EqualityComparer<T>.Default.Equals(result, default))
        {
            session.Execute("ROLLBACK");
            return result;
        }

        // As late as can be: what is committed to a file without a name is lost.
        if (session.HasMoved(file.Path))
        {
            throw SqliteFailure.Moved(file.Path, accountName);
        }

        session.Execute("COMMIT");
        return result;
    }

    private static void Clear(ConcurrentBag<SqliteSession> idle)
    {
        while (idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }
}
