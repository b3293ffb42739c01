using System.Runtime.InteropServices;

namespace Digibee.Accounts;

/// <summary>From when to when something that was signed works, and whether its credentials last as long.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct AwsV4Validity
{
    // Seven days is the most that AWS takes.
    private const int MaxSeconds = 7 * 24 * 60 * 60;

    /// <summary>Begins now.</summary>
    public AwsV4Validity(AwsV4Account account, DateTimeOffset now, TimeSpan lifetime)
    {
        Seconds = CheckSeconds(lifetime);

        // The signature tells whole seconds of both.
        ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds() + Seconds);
        if (account.ExpiresAt is { } end)
        {
            CredentialsEnd = end < ExpiresAt ? AwsV4CredentialsEnd.Earlier : AwsV4CredentialsEnd.Later;
            ExpiresAt = end < ExpiresAt ? end : ExpiresAt;
        }
        else
        {
            CredentialsEnd = account.SessionToken is null ? AwsV4CredentialsEnd.Later : AwsV4CredentialsEnd.Unknown;
        }
    }

    /// <summary>Gets the lifetime that was asked for.</summary>
    public int Seconds { get; }

    public DateTimeOffset ExpiresAt { get; }

    public AwsV4CredentialsEnd CredentialsEnd { get; }

    /// <summary>Gives a lifetime in whole seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is shorter than a second or longer than seven days.</exception>
    public static int CheckSeconds(TimeSpan lifetime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lifetime, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lifetime, TimeSpan.FromSeconds(MaxSeconds));
        return (int)lifetime.TotalSeconds;
    }
}
