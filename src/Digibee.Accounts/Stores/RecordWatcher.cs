using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Digibee.Accounts;

/// <summary>What one reader of the feed has not read yet: the last revision of each changed key, for a bounded number of keys.</summary>
internal sealed class RecordWatcher
{
    /// <summary>The most keys that wait. One more, and the reader is told that anything may have changed.</summary>
    public const int Capacity = 1_024;

    private readonly Lock _gate = new();
    private readonly Queue<RecordKey> _keys = new();
    private readonly Dictionary<RecordKey, long> _revisions = [];
    private TaskCompletionSource? _arrival;
    private bool _isInterrupted = true;

    /// <summary>Gets whether it is not told of changes: before it begins, and once it has fallen too far behind.</summary>
    public bool IsInterrupted
    {
        get
        {
            lock (_gate)
            {
                return _isInterrupted;
            }
        }
    }

    public void Begin()
    {
        lock (_gate)
        {
            _isInterrupted = false;
        }
    }

    /// <summary>Takes a change; <see langword="false"/> when it is full. It then lets go of everything and is to be told no more.</summary>
    public bool TryPost(RecordKey key, long revision)
    {
        lock (_gate)
        {
            ref var waiting = ref CollectionsMarshal.GetValueRefOrNullRef(_revisions, key);
            if (!Unsafe.IsNullRef(ref waiting))
            {
                waiting = revision;
            }
            else if (_keys.Count == Capacity)
            {
                _isInterrupted = true;
                _keys.Clear();
                _revisions.Clear();
            }
            else
            {
                _keys.Enqueue(key);
                _revisions.Add(key, revision);
            }

            _arrival?.TrySetResult();
            _arrival = null;
            return !_isInterrupted;
        }
    }

    /// <summary>Waits for the next change; <see langword="null"/> after an interruption. One reader at a time.</summary>
    public async ValueTask<RecordChange?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task arrival;
            lock (_gate)
            {
                if (_isInterrupted)
                {
                    return null;
                }

                if (_keys.TryDequeue(out var key))
                {
                    _revisions.Remove(key, out var revision);
                    return new RecordChange(key, revision);
                }

                _arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                arrival = _arrival.Task;
            }

            await arrival.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
