using System.Globalization;
using System.Runtime.InteropServices;

namespace Digibee.Accounts;

public sealed class InMemoryAccountStoreTests
{
    private static readonly RecordKey Key = new("account", "default/test", "crm");

    private readonly InMemoryAccountStore _store = new();

    public static TheoryData<string> Cases => [.. AccountStoreContract.Cases.Select(static contractCase => contractCase.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Store_InEachCaseOfTheContract_KeepsIt(string name) =>
        AccountStoreContract.RunAsync(name, new AccountStoreHarness(() => _store) { FeedDelay = TimeSpan.FromSeconds(20) }, TestContext.Current.CancellationToken);

    [Fact]
    public async Task GetAsync_WhenTheReturnedBuffersWereChanged_GivesTheBytesAsTheyWereWritten()
    {
        await _store.TryAppendAsync(Row(Key), null, 5);
        var first = await _store.GetAsync(Key);
        var listed = await _store.ListAsync(new RecordQuery { Kind = "account", IncludePayload = true });
        foreach (var buffer in (ReadOnlyMemory<byte>[])[first!.Payload, first.Metadata, listed.Records[0].Payload, listed.Records[0].Metadata])
        {
            MemoryMarshal.TryGetArray(buffer, out var array).Should().BeTrue();
            array.AsSpan().Clear();
        }

        var second = await _store.GetAsync(Key);

        second!.Payload.ToArray().Should().Equal(Row(Key).Payload.ToArray());
        second.Metadata.ToArray().Should().Equal(Row(Key).Metadata.ToArray());
    }

    [Fact]
    public async Task TryAppendAsync_WithAnExpiryFinerThanMilliseconds_KeepsTheMillisecondInUtc()
    {
        var expiry = new DateTimeOffset(2030, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(2));

        await _store.TryAppendAsync(Row(Key) with { ExpiresAt = expiry.AddTicks(9_999) }, null, 5);

        var read = await _store.GetAsync(Key);
        read!.ExpiresAt!.Value.EqualsExact(expiry.ToUniversalTime()).Should().BeTrue();
    }

    [Fact]
    public async Task ListAsync_WithMoreRowsThanAPageLooksAt_GivesShortPagesThatGoOn()
    {
        const int Count = (2 * InMemoryAccountStore.MaxRowsPerPage) + 10;
        for (var i = 0; i < Count; i++)
        {
            await _store.TryAppendAsync(Row(Key with { Name = i.ToString("D5", CultureInfo.InvariantCulture) }) with { Type = i == Count - 1 ? "rare" : "common" }, null, 1);
        }

        var query = new RecordQuery { Kind = "account", Type = "rare" };
        var first = await _store.ListAsync(query);
        var second = await _store.ListAsync(query with { After = first.Next });
        var third = await _store.ListAsync(query with { After = second.Next });

        first.Records.Should().BeEmpty();
        second.Records.Should().BeEmpty();
        third.Records.Should().ContainSingle().Which.Type.Should().Be("rare");
        third.Next.Should().BeNull();
    }

    [Fact]
    public async Task ListAsync_WithAsManyRowsAsTheLimit_KnowsThatItIsTheEnd()
    {
        await _store.TryAppendAsync(Row(Key), null, 5);
        await _store.TryAppendAsync(Row(Key with { Name = "zone" }) with { Type = "other" }, null, 5);

        var page = await _store.ListAsync(new RecordQuery { Kind = "account", Type = "basic", Limit = 1 });

        page.Records.Should().ContainSingle();
        page.Next.Should().BeNull("no row behind it passes the filter");
    }

    [Fact]
    public async Task TryReplaceAsync_OfADeletedRevisionWithAPayload_IsTheCallersMistake()
    {
        var tag = await _store.TryAppendAsync(Row(Key) with { IsDeleted = true, Payload = default }, null, 5);

        var replace = async () => await _store.TryReplaceAsync(Row(Key), tag!);

        await replace.Should().ThrowAsync<ArgumentException>();
        (await _store.GetAsync(Key))!.ETag.Should().Be(tag);
    }

    [Fact]
    public async Task EveryCall_WhenCancelledBefore_IsCancelledAndChangesNothing()
    {
        var tag = await _store.TryAppendAsync(Row(Key), null, 5);
        var cancelled = new CancellationToken(canceled: true);

        Func<Task>[] calls =
        [
            async () => await _store.GetAsync(Key, cancelled),
            async () => await _store.TryAppendAsync(Row(Key) with { Revision = 2 }, tag, 5, cancelled),
            async () => await _store.TryReplaceAsync(Row(Key) with { Payload = default }, tag!, cancelled),
            async () => await _store.TryPurgeAsync(Key, tag!, cancelled),
            async () => await _store.ListAsync(new RecordQuery { Kind = "account" }, cancelled),
            async () => await _store.WatchAsync(cancelled).GetAsyncEnumerator().MoveNextAsync(),
        ];

        foreach (var call in calls)
        {
            await call.Should().ThrowAsync<OperationCanceledException>();
        }

        (await _store.GetAsync(Key))!.ETag.Should().Be(tag);
        _store.Feed.WatcherCount.Should().Be(0);
    }

    [Theory]
    [InlineData("account", "a b", "crm")]
    [InlineData("account", "default/test", "crm\0")]
    [InlineData("account", "default/test", "\u00e9")]
    [InlineData("account\n", "default/test", "crm")]
    [InlineData(null, "default/test", "crm")]
    [InlineData("account", null, "crm")]
    [InlineData("account", "default/test", null)]
    public async Task GetAsync_WithAKeyPartThatIsNotVisibleAscii_IsRefusedWithoutRepeatingIt(string? kind, string? partition, string? name)
    {
        var get = async () => await _store.GetAsync(new RecordKey(kind!, partition!, name!));

        (await get.Should().ThrowAsync<ArgumentException>()).Which.Message.Should().Contain("visible ASCII").And.NotContain("\u00e9");
    }

    [Fact]
    public async Task Store_With100000Accounts_FindsAndPagesThemAll()
    {
        const int Count = 100_000;
        var row = Row(Key) with { Metadata = default, Payload = default };
        for (var i = 0; i < Count; i++)
        {
            await _store.TryAppendAsync(row with { Key = Key with { Name = Name(i * 7919L % Count) } }, null, 1);
        }

        var seen = 0;
        RecordPosition? after = null;
        do
        {
            var page = await _store.ListAsync(new RecordQuery { Kind = "account", Partition = "default/test", Limit = 1_000, After = after });
            foreach (var listed in page.Records)
            {
                listed.Key.Name.Should().Be(Name(seen++));
            }

            after = page.Next;
        }
        while (after is not null);

        seen.Should().Be(Count);
        (await _store.ListAsync(new RecordQuery { Kind = "account", Partition = "default/test", NamePrefix = "09999" })).Records.Should().HaveCount(10);
        (await _store.GetAsync(Key with { Name = Name(54_321) })).Should().NotBeNull();

        static string Name(long number) => number.ToString("D6", CultureInfo.InvariantCulture);
    }

    private static StoredRecord Row(RecordKey key) => new() { Key = key, Revision = 1, Type = "basic", Metadata = new byte[] { 1, 2, 3 }, Payload = new byte[] { 4, 5, 6, 7 } };
}
