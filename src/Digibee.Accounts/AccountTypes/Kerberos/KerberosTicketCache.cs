namespace Digibee.Accounts;

/// <summary>Tickets of one account. Bounded: what was not used for the longest time goes first. Each ticket is asked for once, for all who wait. Safe for concurrent use.</summary>
/// <param name="capacity">The most tickets. Beyond it live only those that are just being asked for.</param>
/// <param name="clock">The KDC's time.</param>
/// <param name="metrics">Counts tickets and evictions.</param>
internal sealed class KerberosTicketCache(int capacity, KerberosClock clock, KerberosMetrics metrics) : IDisposable
{
    // So that a wrong key does not reach the KDC with each request: KDCs lock a principal after a few.
    private static readonly TimeSpan RefusalTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryTime = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, KerberosTicketSlot> _slots = new(StringComparer.Ordinal);

    // Replaced, dropped, evicted: a request under way may still use them. Wiped when they end.
    private readonly Queue<KerberosTicket> _retired = new();
    private long _uses;
    private bool _isDisposed;

    /// <summary>Gives a ticket that can be used now.</summary>
    /// <param name="key">What it is kept by.</param>
    /// <param name="isDue">Whether it is time for <see cref="Renew"/>.</param>
    public KerberosTicket? Find(string key, out bool isDue)
    {
        var now = clock.Now;
        lock (_lock)
        {
            if (_slots.TryGetValue(key, out var slot) && slot.Ticket is { } ticket && ticket.IsUsable(now))
            {
                slot.LastUse = ++_uses;
                isDue = ticket.IsDue(now) && slot.Flight is null && now >= slot.QuietUntil;
                return ticket;
            }
        }

        isDue = false;
        return null;
    }

    /// <summary>Asks for a ticket, or waits for the one that somebody else has asked for. A refusal is remembered for half a minute.</summary>
    /// <param name="key">What it is kept by.</param>
    /// <param name="acquire">Asks. It runs on its own: no caller's cancellation or context reaches it.</param>
    public Task<KerberosTicket> JoinAsync(string key, Func<Task<KerberosTicket>> acquire)
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                // The account was changed a minute ago, and this request is older: it gets a ticket for itself.
                return Detached(acquire);
            }

            var slot = SlotOf(key);
            if (slot.Flight is null && slot.Refusal is { } refusal && clock.Now < slot.QuietUntil)
            {
                return Task.FromException<KerberosTicket>(new AccountAuthenticationException(refusal.AccountName, refusal.Message));
            }

            return slot.Flight ??= Detached(() => FlyAsync(slot, acquire));
        }
    }

    /// <summary>Asks for the next ticket while the one at hand is still good. Nobody waits for it.</summary>
    public void Renew(string key, Func<Task<KerberosTicket>> acquire)
    {
        lock (_lock)
        {
            if (!_isDisposed && _slots.TryGetValue(key, out var slot) && slot.Flight is null && clock.Now >= slot.QuietUntil)
            {
                slot.Flight = Detached(() => FlyAsync(slot, acquire));
                _ = slot.Flight.ContinueWith(static flight => _ = flight.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            }
        }
    }

    /// <summary>Lets go of a ticket that a server did not take, if it was not got just now.</summary>
    /// <returns>Whether another may do better.</returns>
    public bool Drop(string key, KerberosTicket ticket, TimeSpan leastAge)
    {
        lock (_lock)
        {
            if (!_slots.TryGetValue(key, out var slot) || slot.Ticket != ticket || clock.Now - slot.ObtainedAt < leastAge)
            {
                return false;
            }

            slot.Ticket = null;
            Retire(ticket);
            return true;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            foreach (var slot in _slots.Values)
            {
                if (slot.Ticket is { } ticket)
                {
                    metrics.Kept(-1);
                    ticket.Dispose();
                }
            }

            _slots.Clear();
            while (_retired.TryDequeue(out var retired))
            {
                retired.Dispose();
            }
        }
    }

    private static Task<KerberosTicket> Detached(Func<Task<KerberosTicket>> flight)
    {
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(flight);
        }
    }

    private async Task<KerberosTicket> FlyAsync(KerberosTicketSlot slot, Func<Task<KerberosTicket>> acquire)
    {
        try
        {
            var ticket = await acquire().ConfigureAwait(false);
            lock (_lock)
            {
                Put(slot, ticket);
            }

            return ticket;
        }
        catch (Exception exception)
        {
            lock (_lock)
            {
                slot.Refusal = exception as AccountAuthenticationException;
                slot.QuietUntil = clock.Now + (slot.Refusal is null ? RetryTime : RefusalTime);
            }

            throw;
        }
        finally
        {
            lock (_lock)
            {
                slot.Flight = null;
            }
        }
    }

    private void Put(KerberosTicketSlot slot, KerberosTicket ticket)
    {
        if (_isDisposed)
        {
            return;
        }

        if (slot.Ticket is { } replaced)
        {
            Retire(replaced);
        }

        slot.Ticket = ticket;
        slot.ObtainedAt = clock.Now;
        slot.Refusal = null;
        slot.QuietUntil = DateTimeOffset.MinValue;
        metrics.Kept(1);
    }

    private KerberosTicketSlot SlotOf(string key)
    {
        if (!_slots.TryGetValue(key, out var slot))
        {
            if (_slots.Count >= capacity)
            {
                Evict();
            }

            _slots.Add(key, slot = new KerberosTicketSlot());
        }

        slot.LastUse = ++_uses;
        return slot;
    }

    private void Evict()
    {
        string? oldest = null;
        KerberosTicketSlot? evicted = null;
        foreach (var (key, slot) in _slots)
        {
            if (slot.Flight is null && (evicted is null || slot.LastUse < evicted.LastUse))
            {
                (oldest, evicted) = (key, slot);
            }
        }

        if (oldest is not null)
        {
            _slots.Remove(oldest);
            metrics.Evicted();
            if (evicted!.Ticket is { } ticket)
            {
                Retire(ticket);
            }
        }
    }

    private void Retire(KerberosTicket ticket)
    {
        metrics.Kept(-1);
        _retired.Enqueue(ticket);
        var now = clock.Now;
        while (_retired.TryPeek(out var first) && (first.EndsAt <= now || _retired.Count > capacity))
        {
            _retired.Dequeue().Dispose();
        }
    }
}
