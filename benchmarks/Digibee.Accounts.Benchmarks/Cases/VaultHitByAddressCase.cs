namespace Digibee.Accounts;

/// <summary>A vault hit as every request makes it, by full address, against a look-up of that address in a concurrent dictionary.</summary>
internal sealed class VaultHitByAddressCase() : ComparisonCase("vault hit by address")
{
    private VaultSubject _subject = null!;

    public override void SetUp() => _subject = new VaultSubject();

    public override void RunOurs(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            _subject.OpenByAddress();
        }
    }

    public override void RunPeer(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            _subject.LookUpByAddress();
        }
    }

    public override void Dispose()
    {
        _subject?.Dispose();
        base.Dispose();
    }
}
