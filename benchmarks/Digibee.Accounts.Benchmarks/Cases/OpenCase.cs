namespace Digibee.Accounts;

/// <summary>Opening an account's payload, against the default data protector's <c>Unprotect</c>.</summary>
internal sealed class OpenCase(string name, int plaintextBytes) : ComparisonCase(name)
{
    private SealingSubject _subject = null!;

    public override void SetUp() => _subject = new SealingSubject(plaintextBytes);

    public override void RunOurs(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            _subject.Open();
        }
    }

    public override void RunPeer(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            _subject.Unprotect();
        }
    }

    public override void Dispose()
    {
        _subject?.Dispose();
        base.Dispose();
    }
}
