namespace Digibee.Accounts;

/// <summary>A request signed with Signature Version 4, against the signing handler of AWSSDK.Core or, as the floor, against the same request without a signature and the bare hashes: what no signer can do without.</summary>
internal sealed class AwsV4Case(string name, int bodyBytes, bool isFloor) : ComparisonCase(name)
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
        if (isFloor)
        {
            RunFloor(operations);
            return;
        }

        for (var i = 0; i < operations; i++)
        {
            _subject.SendSdk();
        }
    }

    public override void Dispose()
    {
        _subject?.Dispose();
        base.Dispose();
    }

    private void RunFloor(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            _subject.SendFloor();
        }
    }
}
