using System.Collections.Concurrent;
using System.Globalization;

namespace Digibee.Accounts;

/// <summary>How much the clocks of single hosts differ from ours, as their own answers say. Safe for concurrent use.</summary>
/// <remarks>By host and not for all: one server with a wrong clock must not spoil the others' signatures.</remarks>
internal sealed class AwsV4Clocks(TimeProvider time)
{
    /// <summary>Services take a signature of some minutes ago: five, or S3 fifteen. Below this the time is no reason to refuse one.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(4);

    internal const int Capacity = 1_024;

    // A Date header and a signature's time are whole seconds.
    private static readonly TimeSpan Resolution = TimeSpan.FromSeconds(2);

    // No clock is as wrong, and the calendar has an end.
    private static readonly TimeSpan MaxOffset = TimeSpan.FromDays(36_525);

    private readonly ConcurrentDictionary<string, TimeSpan> _offsets = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldestFirst = new();
    private readonly Lock _lock = new();

    // Nearly always: then a request does not pay for the look-up.
    private volatile bool _isEmpty = true;

    internal int Count => _offsets.Count;

    /// <summary>Gets the time that an answer says it was made. Read without the typed property, which would write the caller's header anew.</summary>
    public static DateTimeOffset? DateOf(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("Date", out var written)
        && DateTimeOffset.TryParseExact(written.ToString(), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    /// <summary>Gets the time that a host has now.</summary>
    public DateTimeOffset NowAt(string host)
    {
        var now = time.GetUtcNow();
        return !_isEmpty && _offsets.TryGetValue(host, out var offset) ? now + offset : now;
    }

    /// <summary>Keeps what a host says of its time when it refused ours.</summary>
    /// <param name="host">The host.</param>
    /// <param name="date">Its time.</param>
    /// <param name="signed">The time that the refused request was signed with.</param>
    /// <returns>Whether requests are now signed with another time.</returns>
    public bool Learn(string host, DateTimeOffset date, DateTimeOffset signed)
    {
        var offset = date - time.GetUtcNow();
        if (offset.Duration() > MaxOffset)
        {
            return false;
        }

        Keep(host, offset.Duration() < Resolution ? TimeSpan.Zero : offset);
        return (NowAt(host) - signed).Duration() >= Resolution;
    }

    /// <summary>Forgets a difference that a host no longer has: our clock was set right meanwhile.</summary>
    public void Check(string host, HttpResponseMessage response)
    {
        if (!_isEmpty && DateOf(response) is { } theirs && _offsets.TryGetValue(host, out var offset) && offset.Duration() >= Tolerance && (theirs - time.GetUtcNow()).Duration() < Tolerance)
        {
            Keep(host, TimeSpan.Zero);
        }
    }

    private void Keep(string host, TimeSpan offset)
    {
        lock (_lock)
        {
            if (!_offsets.ContainsKey(host))
            {
                if (offset == TimeSpan.Zero)
                {
                    return;
                }

                if (_oldestFirst.Count == Capacity)
                {
                    _offsets.TryRemove(_oldestFirst.Dequeue(), out _);
                }

                _oldestFirst.Enqueue(host);
            }

            _offsets[host] = offset;
            _isEmpty = false;
        }
    }
}
