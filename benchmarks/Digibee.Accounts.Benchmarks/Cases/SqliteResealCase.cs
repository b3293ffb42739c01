namespace Digibee.Accounts;

/// <summary>One row read, opened, sealed anew and put back durably, against the same with the default data protector.</summary>
internal sealed class SqliteResealCase() : ComparisonCase("SQLite re-seal")
{
    private SqliteSubject _subject = null!;

    public override bool UsesOtherThreads => true;

    public override void SetUp() => _subject = new SqliteSubject();

    // On a thread of the pool, as in a service: to block for each operation would measure the blocking.
    public override void RunOurs(int operations) => Task.Run(async () =>
    {
        for (var i = 0; i < operations; i++)
        {
            await _subject.ResealAsync();
        }
    }).GetAwaiter().GetResult();

    public override void RunPeer(int operations) => Task.Run(() =>
    {
        for (var i = 0; i < operations; i++)
        {
            _subject.HandWrittenReseal();
        }
    }).GetAwaiter().GetResult();

    public override void Dispose()
    {
        _subject?.Dispose();
        base.Dispose();
    }
}
