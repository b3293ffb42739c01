using System.Threading.Channels;

namespace Digibee.Accounts;

/// <summary>One reader of the feed, in one partition. What it cannot keep up with becomes one item without a name.</summary>
internal sealed class FeedWatcher(string partition)
{
    private const int Capacity = 256;

    private readonly Channel<AccountChange> _changes = Channel.CreateBounded<AccountChange>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private int _isInterrupted;

    public void MarkInterrupted()
    {
        Volatile.Write(ref _isInterrupted, 1);

        // Wakes the reader; when the channel is full it is awake.
        _changes.Writer.TryWrite(default);
    }

    public void Offer(in RecordChange change)
    {
        if (change.Key is not { } key)
        {
            MarkInterrupted();
        }
        else if (key.Kind == RecordKinds.Account && key.Partition == partition && !_changes.Writer.TryWrite(new AccountChange(key.Name, change.Revision)))
        {
            MarkInterrupted();
        }
    }

    public void Complete() => _changes.Writer.TryComplete();

    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _changes.Reader.WaitToReadAsync(cancellationToken);

    public bool TryTake(out AccountChange change)
    {
        if (Interlocked.Exchange(ref _isInterrupted, 0) == 1)
        {
            // Whatever waits is covered by it.
            while (_changes.Reader.TryRead(out _))
            {
            }

            change = default;
            return true;
        }

        while (_changes.Reader.TryRead(out change))
        {
            if (change.Name is not null)
            {
                return true;
            }
        }

        return false;
    }
}
