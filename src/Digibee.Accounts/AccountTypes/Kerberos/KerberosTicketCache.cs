namespace Digibee.Accounts;

/// <summary>Tickets of one account. Bounded: what was not used for the longest time goes first. Each ticket is asked for once, for all who wait. Safe for concurrent use until it is disposed, which <see cref="KerberosCredential"/> does when nobody uses it any more.</summary>
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
    private long _uses;
    private bool _isDisposed;

    /// <summary>Gives a ticket that can be used now. The caller owns it too, and disposes it.</summary>
    /// <param name="key">What it is kept by.</param>
    /// <param name="isDue">Whether it is time for <see cref="Renew"/>.</param>
    public KerberosTicket? Find(string key, out bool isDue)
    {
        var now = clock.Now;
        lock (_lock)
        {
            if (_slots.TryGetValue(key, out var slot) && slot.Ticket is { } ticket && ticket.IsUsable(now) && ticket.TryOwn())
            {
                slot.LastUse = ++_uses;
                isDue = MayRenew(slot, now);
                return ticket;
            }
        }

        isDue = false;
        return null;
    }

    /// <summary>Asks for a ticket, or waits for the one that somebody else has asked for. A refusal is remembered for half a minute. The caller owns the ticket too, and disposes it.</summary>
    /// <param name="key">What it is kept by.</param>
    /// <param name="acquire">Asks. It runs on its own: no caller's cancellation or context reaches it.</param>
    /// <param name="cancellationToken">Ends the wait; the request for the ticket goes on for the others.</param>
    public async Task<KerberosTicket> JoinAsync(string key, Func<Task<KerberosTicket>> acquire, CancellationToken cancellationToken)
    {
        while (true)
        {
            var ticket = await FlightOf(key, acquire).WaitAsync(cancellationToken).ConfigureAwait(false);

            // Unless it was evicted in this very moment.
            if (ticket.TryOwn())
            {
                return ticket;
            }
        }
    }

    /// <summary>Asks for the next ticket while the one at hand is still good. Nobody waits for it.</summary>
    public void Renew(string key, Func<Task<KerberosTicket>> acquire)
    {
        lock (_lock)
        {
            // Somebody may have renewed it since it was found.
            if (_slots.TryGetValue(key, out var slot) && MayRenew(slot, clock.Now))
            {
                slot.Flight = Fly(slot, acquire);
            }
        }
    }

    /// <summary>Lets go of a ticket that a server did not take, if it was not got just now.</summary>
    /// <returns>Whether another may do better, such as the one that has taken its place meanwhile.</returns>
    public bool Drop(string key, KerberosTicket ticket, TimeSpan leastAge)
    {
        lock (_lock)
        {
            if (_slots.TryGetValue(key, out var slot) && slot.Ticket == ticket)
            {
                if (clock.Since(slot.ObtainedAt) < leastAge)
                {
                    return false;
                }

                Empty(slot);
            }

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
                Empty(slot);
            }

            _slots.Clear();
        }
    }

    private Task<KerberosTicket> FlightOf(string key, Func<Task<KerberosTicket>> acquire)
    {
        lock (_lock)
        {
            var slot = SlotOf(key);
            var now = clock.Now;
            if (slot.Flight is not null)
            {
                return slot.Flight;
            }

            // It came after the caller had looked for it.
            if (slot.Ticket is { } ticket && ticket.IsUsable(now) && !ticket.IsDue(now))
            {
                return Task.FromResult(ticket);
            }

            if (slot.Refusal is { } refusal && IsQuiet(slot))
            {
                return Task.FromException<KerberosTicket>(new AccountAuthenticationException(refusal.AccountName, refusal.Message));
            }

            return slot.Flight = Fly(slot, acquire);
        }
    }

    private Task<KerberosTicket> Fly(KerberosTicketSlot slot, Func<Task<KerberosTicket>> acquire)
    {
        using (ExecutionContext.SuppressFlow())
        {
            var flight = Task.Run(() => FlyAsync(slot, acquire));

            // Everybody who waited may have given up.
            _ = flight.ContinueWith(static flight => _ = flight.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            return flight;
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
                slot.Flight = null;
            }

            return ticket;
        }
        catch (Exception exception)
        {
            lock (_lock)
            {
                slot.Refusal = exception as AccountAuthenticationException;
                slot.QuietTime = slot.Refusal is null ? RetryTime : RefusalTime;
                slot.FailedAt = clock.Timestamp;
                slot.Flight = null;
            }

            throw;
        }
    }

    private void Put(KerberosTicketSlot slot, KerberosTicket ticket)
    {
        if (_isDisposed)
        {
            // Everybody who waited for it has given up.
            ticket.Dispose();
            return;
        }

        Empty(slot);
        metrics.Kept(1);
        slot.Ticket = ticket;
        slot.ObtainedAt = clock.Timestamp;
        slot.Refusal = null;
        slot.QuietTime = TimeSpan.Zero;
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
            Empty(evicted!);
        }
    }

    private void Empty(KerberosTicketSlot slot)
    {
        if (slot.Ticket is { } ticket)
        {
            metrics.Kept(-1);
            slot.Ticket = null;
            ticket.Dispose();
        }
    }

    private bool MayRenew(KerberosTicketSlot slot, DateTimeOffset now) => slot.Flight is null && slot.Ticket is { } ticket && ticket.IsDue(now) && !IsQuiet(slot);

    private bool IsQuiet(KerberosTicketSlot slot) => clock.Since(slot.FailedAt) < slot.QuietTime;
}
