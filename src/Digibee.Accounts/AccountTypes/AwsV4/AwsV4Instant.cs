using System.Globalization;

namespace Digibee.Accounts;

/// <summary>The second a signature is made in. Its day decides the key.</summary>
internal sealed class AwsV4Instant
{
    private readonly long _second;

    public AwsV4Instant(DateTimeOffset time)
    {
        // Invariant, because a culture may have another calendar and other digits; UTC, because the clock may say any offset.
        Text = time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        Day = DateOnly.FromDateTime(time.UtcDateTime);
        _second = time.ToUnixTimeSeconds();
    }

    /// <summary>Gets the value of <c>X-Amz-Date</c>: <c>20150830T123600Z</c>.</summary>
    public string Text { get; }

    /// <summary>Gets the day, in UTC.</summary>
    public DateOnly Day { get; }

    /// <summary>Gets the day as the credential scope has it: <c>20150830</c>.</summary>
    public ReadOnlySpan<char> DayText => Text.AsSpan(0, 8);

    /// <summary>Tells whether a time is in this second.</summary>
    public bool Covers(DateTimeOffset time) => time.ToUnixTimeSeconds() == _second;
}
