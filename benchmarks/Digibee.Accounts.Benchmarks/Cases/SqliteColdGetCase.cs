namespace Digibee.Accounts;

/// <summary>An account that is not at hand: read from SQLite, opened and cached, against a hand-written table of protected JSON.</summary>
internal sealed class SqliteColdGetCase() : ComparisonCase("SQLite cold get")
{
    private SqliteSubject _subject = null!;

    public override bool UsesOtherThreads => true;

    public override void SetUp() => _subject = new SqliteSubject();

    // On a thread of the pool, as in a service: to block for each operation would measure the blocking.
    public override void RunOurs(int operations) => Task.Run(async () =>
    {
        for (var i = 0; i < operations; i++)
        {
            await _subject.GetAsync();
        }
    }).GetAwaiter().GetResult();

    public override void RunPeer(int operations) => Task.Run(() =>
    {
        for (var i = 0; i < operations; i++)
        {
            _subject.HandWrittenGet();
        }
    }).GetAwaiter().GetResult();

    public override void Dispose()
    {
        _subject?.Dispose();
        base.Dispose();
    }
}
