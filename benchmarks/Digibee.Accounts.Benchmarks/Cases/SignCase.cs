namespace Digibee.Accounts;

/// <summary>A raw signature by the account's name, against the one call of the platform, or of Bouncy Castle, that makes it with a key at hand.</summary>
internal sealed class SignCase(string name, SignatureAlgorithm algorithm) : ComparisonCase(name)
{
    private SignSubject _subject = null!;

    public override void SetUp() => _subject = new SignSubject(algorithm);

    public override void RunOurs(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            _subject.SignOurs();
        }
    }

    public override void RunPeer(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            _subject.SignFloor();
        }
    }

    public override void Dispose()
    {
        _subject?.Dispose();
        base.Dispose();
    }
}
