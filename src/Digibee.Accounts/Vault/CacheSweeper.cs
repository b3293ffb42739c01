using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

/// <summary>The one timer of the vault: lets idle accounts go, and looks after the feed.</summary>
internal sealed class CacheSweeper : IDisposable
{
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromSeconds(1);

    private readonly OpenedAccountCache _cache;
    private readonly StoreFeed _feed;
    private readonly int _idleSweeps;
    private readonly ITimer _timer;

    public CacheSweeper(OpenedAccountCache cache, StoreFeed feed, TimeProvider time, IOptions<DigibeeAccountsOptions> options)
    {
        _cache = cache;
        _feed = feed;

        // A thirtieth of the idle time: an account goes at most that much later than it should.
        var idleTime = options.Value.CacheIdleTime;
        var period = TimeSpan.FromTicks(Math.Clamp(idleTime.Ticks / 30, ShortestPeriod.Ticks, LongestPeriod.Ticks));
        _idleSweeps = (int)Math.Max(1, idleTime.Ticks / period.Ticks);
        using (ExecutionContext.SuppressFlow())
        {
            _timer = time.CreateTimer(static self => ((CacheSweeper)self!).Sweep(), this, period, period);
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _cache.Clear();
    }

    private void Sweep()
    {
        _cache.Sweep(_idleSweeps);
        _feed.Check();
    }
}
