using System.Diagnostics;

namespace Digibee.Accounts;

/// <summary>A ticket with its session key. It has several owners: its cache, and everybody who is using it; each disposes it once, and the last one wipes the key. Safe for concurrent use.</summary>
/// <param name="encoded">The ticket as the KDC encoded it, for the service alone to read.</param>
/// <param name="client">Whose ticket it is.</param>
/// <param name="service">For which service.</param>
/// <param name="sessionKey">The key shared with the service.</param>
/// <param name="startsAt">When it begins, by the KDC's clock.</param>
/// <param name="endsAt">When it ends, by the KDC's clock.</param>
[DebuggerDisplay("until {EndsAt}")]
internal sealed class KerberosTicket(byte[] encoded, KerberosPrincipal client, KerberosPrincipal service, KerberosKey sessionKey, DateTimeOffset startsAt, DateTimeOffset endsAt) : IDisposable
{
    // Renewed in the last fifth of its life, and five minutes before its end at the earliest; not used in its very last moments, in which it would end on its way.
    private static readonly TimeSpan LongestRenewal = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestMargin = TimeSpan.FromSeconds(30);

    private OwnerCount _owners = new();

    public byte[] Encoded { get; } = encoded;

    public KerberosPrincipal Client { get; } = client;

    public KerberosPrincipal Service { get; } = service;

    public KerberosKey SessionKey { get; } = sessionKey;

    public DateTimeOffset StartsAt { get; } = startsAt;

    public DateTimeOffset EndsAt { get; } = endsAt;

    /// <summary>Tells whether it can still be used.</summary>
    public bool IsUsable(DateTimeOffset now) => now < EndsAt - Least(Life / 20, LongestMargin);

    /// <summary>Tells whether it is time to get the next one.</summary>
    public bool IsDue(DateTimeOffset now) => now >= EndsAt - Least(Life / 5, LongestRenewal);

    /// <summary>Adds an owner, unless the key is wiped already.</summary>
    public bool TryOwn() => _owners.TryAdd();

    public void Dispose()
    {
        if (_owners.Remove())
        {
            SessionKey.Dispose();
        }
    }

    private TimeSpan Life => EndsAt - StartsAt;

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
