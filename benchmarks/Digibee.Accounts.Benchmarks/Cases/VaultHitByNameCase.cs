namespace Digibee.Accounts;

/// <summary>A vault hit as an application makes it, by name, against a look-up of that name in a concurrent dictionary.</summary>
internal sealed class VaultHitByNameCase() : ComparisonCase("vault hit by name")
{
    private VaultSubject _subject = null!;

    public override void SetUp() => _subject = new VaultSubject();

    public override void RunOurs(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            _subject.OpenByName();
        }
    }

    public override void RunPeer(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            _subject.LookUpByName();
        }
    }

    public override void Dispose()
    {
        _subject?.Dispose();
        base.Dispose();
    }
}
