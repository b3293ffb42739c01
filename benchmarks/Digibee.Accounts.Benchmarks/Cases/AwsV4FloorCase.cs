namespace Digibee.Accounts;

/// <summary>A request signed with Signature Version 4, against the same request without a signature and the bare hashes: what no signer can do without.</summary>
internal sealed class AwsV4FloorCase(string name, int bodyBytes) : ComparisonCase(name)
{
    private AwsV4Subject _subject = null!;

    public override void SetUp() => _subject = new AwsV4Subject(bodyBytes);

    public override void RunOurs(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            _subject.SendOurs();
        }
    }

    public override void RunPeer(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            _subject.SendFloor();
        }
    }

    public override void Dispose()
    {
        _subject?.Dispose();
        base.Dispose();
    }
}
