using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Digibee.Accounts;

/// <summary>One connection that writes and a few that read, each used by one call at a time, off the caller's thread: SQLite has no asynchronous calls.</summary>
internal sealed class SqliteSessions(SqliteFile file, TimeSpan busyTimeout) : IDisposable
{
    // More readers than this only take turns on the processor.
    private const int MaxReaders = 4;

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly SemaphoreSlim _reading = new(MaxReaders, MaxReaders);
    private readonly ConcurrentBag<SqliteSession> _writers = [];
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private int _fileNumber;
    private volatile bool _isDisposed;

    /// <summary>Reads in a connection of its own. Cancelled, the caller leaves at once and the read ends by itself. Its turn comes for certain, and is waited for.</summary>
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
        var deadline = new SqliteDeadline(busyTimeout);
        if (!await gate.WaitAsync(gate == _writing ? deadline.Left : Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false))
        {
            throw SqliteFailure.Occupied(file.Path, accountName);
        }

        var running = Task.Run(
            () =>
            {
                try
                {
                    return Run(idle, deadline, accountName, work);
                }
                finally
                {
                    gate.Release();
                }
            },
            CancellationToken.None);
        try
        {
            return await running.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Nobody hears how it ends: a failure must not come up as one that nobody looked at.
            _ = running.ContinueWith(static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw;
        }
    }

    private T Run<T>(ConcurrentBag<SqliteSession> idle, SqliteDeadline deadline, string? accountName, Func<SqliteSession, T> work)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(SqliteAccountStore));
        SqliteSession? session = null;
        try
        {
            session = Take(idle, deadline);
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

    private SqliteSession Take(ConcurrentBag<SqliteSession> idle, SqliteDeadline deadline)
    {
        while (idle.TryTake(out var session))
        {
            if (!HasMoved(session) && session.FileNumber == Volatile.Read(ref _fileNumber))
            {
                session.WaitAtMost(deadline.Left);
                return session;
            }

            session.Dispose();
        }

        // Read before the file is opened: a number too old is put right by the next look, one too new would hide the change of file from the feed.
        var number = Volatile.Read(ref _fileNumber);
        var opened = file.Open(deadline);
        opened.FileNumber = number;
        return opened;
    }

    private bool HasMoved(SqliteSession session)
    {
        if (!session.HasMoved(file.Path))
        {
            return false;
        }

        // Once for each file, whichever of its connections sees it first.
        Interlocked.CompareExchange(ref _fileNumber, session.FileNumber + 1, session.FileNumber);
        return true;
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
        if (HasMoved(session))
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
