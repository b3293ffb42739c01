using System.Diagnostics.Metrics;

namespace Digibee.Accounts;

public sealed class StoreFeedTests
{
    [Fact]
    public async Task Doubt_OfALiveFeed_CountsAnInterruptionAndProvesItAnew()
    {
        await using var fixture = new VaultFixture();
        var interruptions = 0L;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                // Other tests have meters of the same name; each fixture's has a factory of its own.
                if (instrument.Name == "digibee.accounts.feed.interruptions" && instrument.Meter.Scope == fixture.Get<IMeterFactory>())
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref interruptions, value));
        await fixture.FeedAsync(isAlive: true);
        listener.Start();
        var epoch = fixture.Feed.AliveEpoch;

        fixture.Feed.Doubt();
        fixture.Feed.Doubt();

        fixture.Feed.AliveEpoch.Should().Be(0);
        Interlocked.Read(ref interruptions).Should().Be(1);
        await VaultFixture.Eventually(() =>
        {
            fixture.Time.Advance(TimeSpan.FromSeconds(1));
            return fixture.Feed.AliveEpoch > epoch;
        });
    }

    [Fact]
    public async Task Check_WhenOurOwnWriteDoesNotComeBack_DoubtsTheFeed()
    {
        await using var fixture = new VaultFixture();
        await fixture.Vault.ExistsAsync("crm");
        await fixture.FeedAsync(isAlive: true);
        fixture.Feed.Expect(VaultFixture.KeyOf("never-written"), revision: 1);
        var epoch = fixture.Feed.AliveEpoch;

        fixture.Time.Advance(TimeSpan.FromSeconds(61));

        await VaultFixture.Eventually(() => fixture.Feed.AliveEpoch != epoch);
    }
}
