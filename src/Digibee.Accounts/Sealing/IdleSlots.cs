namespace Digibee.Accounts;

/// <summary>A few objects at rest, for whoever needs one next: one for each processor or so. Safe for concurrent use, without a lock.</summary>
/// <remarks>Not one for each thread: threads that end leave nothing behind, and the owner can reach all that rests here.</remarks>
/// <typeparam name="T">What rests.</typeparam>
internal sealed class IdleSlots<T>
    where T : class
{
    private const int MaxSlots = 64;

    private readonly T?[] _slots = new T?[Math.Min(2 * Environment.ProcessorCount, MaxSlots)];

    /// <summary>Takes an object out.</summary>
    /// <returns>The object, or <see langword="null"/> when none was found.</returns>
    public T? TryTake()
    {
        // The processor is a hint only: it keeps the object in its cache.
        var start = Thread.GetCurrentProcessorId() % _slots.Length;
        for (var i = 0; i < _slots.Length; i++)
        {
            ref var slot = ref _slots[(start + i) % _slots.Length];
            if (Volatile.Read(ref slot) is not null && Interlocked.Exchange(ref slot, null) is { } item)
            {
                return item;
            }
        }

        return null;
    }

    /// <summary>Puts an object to rest.</summary>
    /// <param name="item">The object. Nobody else may use it.</param>
    /// <returns>Whether there was room.</returns>
    public bool TryPut(T item)
    {
        var start = Thread.GetCurrentProcessorId() % _slots.Length;
        for (var i = 0; i < _slots.Length; i++)
        {
            ref var slot = ref _slots[(start + i) % _slots.Length];
            if (Volatile.Read(ref slot) is null && Interlocked.CompareExchange(ref slot, item, null) is null)
            {
                return true;
            }
        }

        return false;
    }
}
