using System.Globalization;

namespace Digibee.Accounts;

public sealed class RecordFeedTests
{
    private readonly RecordFeed _feed = new();

    [Fact]
    public async Task WatchAsync_WhenOneKeyChangesBetweenReads_GivesItsLastRevisionOnce()
    {
        await using var watcher = await StartAsync();
        Publish("a", 1);
        Publish("b", 1);
        Publish("a", 2);
        Publish("a", 3);

        (await NextAsync(watcher)).Should().Be(new RecordChange(Key("a"), 3));
        (await NextAsync(watcher)).Should().Be(new RecordChange(Key("b"), 1));
        Publish("c", 1);
        (await NextAsync(watcher)).Should().Be(new RecordChange(Key("c"), 1));
    }

    [Fact]
    public async Task WatchAsync_WhenAsManyKeysChangeAsItHolds_GivesEach()
    {
        await using var watcher = await StartAsync();
        PublishMany(RecordWatcher.Capacity);

        for (var i = 0; i < RecordWatcher.Capacity; i++)
        {
            (await NextAsync(watcher)).Key.Should().Be(Key(i.ToString(CultureInfo.InvariantCulture)));
        }
    }

    [Fact]
    public async Task WatchAsync_WhenMoreKeysChangeThanItHolds_ForgetsThemAndGivesAnItemWithoutKey()
    {
        await using var watcher = await StartAsync();
        PublishMany(RecordWatcher.Capacity + 1);

        _feed.WatcherCount.Should().Be(0, "one that has fallen behind is not told any more, in case it never comes back");
        (await NextAsync(watcher)).Should().Be(default(RecordChange));
        _feed.WatcherCount.Should().Be(1);
        Publish("after", 7);
        (await NextAsync(watcher)).Should().Be(new RecordChange(Key("after"), 7));
    }

    [Fact]
    public async Task WatchAsync_WhenItsReaderStopsForGood_IsLetGoOf()
    {
        var released = await AbandonAsync();
        PublishMany(RecordWatcher.Capacity + 1);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        _feed.WatcherCount.Should().Be(0);
        released.IsAlive.Should().BeFalse();

        async Task<WeakReference> AbandonAsync() => new(await StartAsync());
    }

    [Fact]
    public async Task WatchAsync_WhenCancelledWhileNobodyReads_IsLetGoOfAtOnce()
    {
        using var stop = new CancellationTokenSource();
        var watcher = await StartAsync(stop.Token);
        _feed.WatcherCount.Should().Be(1);

        await stop.CancelAsync();

        _feed.WatcherCount.Should().Be(0);
        await FluentActions.Awaiting(async () => await watcher.MoveNextAsync()).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task WatchAsync_WhenDisposed_IsLetGoOf()
    {
        var watcher = await StartAsync();

        await watcher.DisposeAsync();

        _feed.WatcherCount.Should().Be(0);
    }

    [Fact]
    public async Task WatchAsync_WhenAReaderWaits_IsWokenByTheNextChange()
    {
        await using var watcher = await StartAsync();
        var waiting = watcher.MoveNextAsync().AsTask();
        waiting.IsCompleted.Should().BeFalse();

        Publish("a", 1);

        (await waiting).Should().BeTrue();
        watcher.Current.Should().Be(new RecordChange(Key("a"), 1));
    }

    private static RecordKey Key(string name) => new("account", "default/test", name);

    private static async Task<RecordChange> NextAsync(IAsyncEnumerator<RecordChange> watcher)
    {
        (await watcher.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30))).Should().BeTrue();
        return watcher.Current;
    }

    private async Task<IAsyncEnumerator<RecordChange>> StartAsync(CancellationToken cancellationToken = default)
    {
        var watcher = _feed.WatchAsync(cancellationToken).GetAsyncEnumerator(CancellationToken.None);
        (await NextAsync(watcher)).Should().Be(default(RecordChange));
        return watcher;
    }

    private void Publish(string name, long revision) => _feed.Publish(Key(name), revision);

    private void PublishMany(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Publish(i.ToString(CultureInfo.InvariantCulture), 1);
        }
    }
}
