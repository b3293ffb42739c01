namespace Digibee.Accounts;

/// <summary>A request signed while another thread signs with the same account, against the same request alone. What the two share, they pay for in time of the processor: a lock, a cache line that goes to and fro.</summary>
/// <remarks>Not by the wall clock: on a machine that is shared, two threads of a program that do nothing but count are no faster than one.</remarks>
internal sealed class AwsV4TwoThreadsCase() : ComparisonCase("AWS V4 GET, two threads")
{
    private AwsV4Subject _subject = null!;

    public override void SetUp() => _subject = new AwsV4Subject(bodyBytes: 0);

    public override void RunOurs(int operations)
    {
        var other = new Thread(() => RunPeer(operations));
        other.Start();
        RunPeer(operations);
        other.Join();
    }

    public override void RunPeer(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            _subject.SendOurs();
        }
    }

    public override void Dispose()
    {
        _subject?.Dispose();
        base.Dispose();
    }
}
