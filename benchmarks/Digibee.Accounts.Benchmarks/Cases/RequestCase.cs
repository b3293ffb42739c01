namespace Digibee.Accounts;

/// <summary>A request through the whole pipeline, against a hand-written handler that sends the same message.</summary>
internal abstract class RequestCase(string name) : ComparisonCase(name)
{
    private RequestSubject _subject = null!;

    public override void SetUp() => _subject = CreateSubject();

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
            _subject.SendPeer();
        }
    }

    public override void Dispose()
    {
        _subject?.Dispose();
        base.Dispose();
    }

    protected abstract RequestSubject CreateSubject();
}
