using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

public sealed class KerberosClockTests
{
    private readonly FakeTimeProvider _time = new(KerberosTestMessages.Now);

    [Theory]
    [InlineData(600, 600)]
    [InlineData(-600, -600)]
    [InlineData(60, 0)]
    [InlineData(-59, 0)]
    [InlineData(61, 61)]
    public void Observe_OfAnotherClock_CorrectsMoreThanAMinute(int difference, int offset)
    {
        var clock = new KerberosClock(_time);

        clock.Observe(KerberosTestMessages.Now.AddSeconds(difference));

        clock.Offset.Should().Be(TimeSpan.FromSeconds(offset));
        clock.Now.Should().Be(KerberosTestMessages.Now.AddSeconds(offset));
    }

    [Fact]
    public void Observe_OfTheRightTimeAgain_TakesTheCorrectionBack()
    {
        var clock = new KerberosClock(_time);
        clock.Observe(KerberosTestMessages.Now.AddHours(1));

        clock.Observe(KerberosTestMessages.Now);

        clock.Offset.Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public void NextTimestamp_OfManyAtOnce_IsNeverTheSameToTheMicrosecond()
    {
        var clock = new KerberosClock(_time);
        var timestamps = new ConcurrentBag<long>();

        Parallel.For(0, 10_000, _ => timestamps.Add(clock.NextTimestamp().Ticks / TimeSpan.TicksPerMicrosecond));

        timestamps.Distinct().Should().HaveCount(10_000);
        timestamps.Max().Should().Be((KerberosTestMessages.Now.Ticks / TimeSpan.TicksPerMicrosecond) + 9_999);
    }

    [Fact]
    public void NextTimestamp_AfterTheClockWasPutBack_GoesByTheClock()
    {
        var clock = new KerberosClock(_time);
        clock.Observe(KerberosTestMessages.Now.AddHours(1));
        clock.NextTimestamp();

        clock.Observe(KerberosTestMessages.Now);

        clock.NextTimestamp().Should().Be(KerberosTestMessages.Now);
    }
}
