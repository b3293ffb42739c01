namespace Digibee.Accounts;

/// <summary>Settings of the SQLite store. Read once, when the store is chosen.</summary>
public sealed class SqliteStoreOptions
{
    /// <summary>Gets or sets how long a call waits while another one writes, in this process or another. Then it throws an <see cref="AccountUnavailableException"/> that is transient, and nothing was written.</summary>
    /// <value>Zero to five minutes. The default is ten seconds.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public TimeSpan BusyTimeout
    {
        get;
        set => field = value >= TimeSpan.Zero && value <= TimeSpan.FromMinutes(5) ? value
            : throw new ArgumentOutOfRangeException(nameof(BusyTimeout), $"{nameof(BusyTimeout)} must be between zero and five minutes.");
    } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets how often the feed looks for changes of other processes: how late a saved account comes into force there.</summary>
    /// <value>Ten milliseconds to one minute. The default is 200 milliseconds.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public TimeSpan FeedInterval
    {
        get;
        set => field = value >= TimeSpan.FromMilliseconds(10) && value <= TimeSpan.FromMinutes(1) ? value
            : throw new ArgumentOutOfRangeException(nameof(FeedInterval), $"{nameof(FeedInterval)} must be between ten milliseconds and one minute.");
    } = TimeSpan.FromMilliseconds(200);
}
