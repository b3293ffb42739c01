namespace Digibee.Accounts;

/// <summary>Sealing an account's payload, against the default data protector's <c>Protect</c>.</summary>
internal sealed class SealCase(string name, int plaintextBytes) : ComparisonCase(name)
{
    private SealingSubject _subject = null!;

    public override void SetUp() => _subject = new SealingSubject(plaintextBytes);

    public override void RunOurs(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            _subject.Seal();
        }
    }

    public override void RunPeer(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            _subject.Protect();
        }
    }

    public override void Dispose()
    {
        _subject?.Dispose();
        base.Dispose();
    }
}
