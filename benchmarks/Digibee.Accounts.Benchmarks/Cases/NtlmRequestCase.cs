namespace Digibee.Accounts;

/// <summary>A request to a server that asks for NTLM, over a connection that is signed in already or that each request opens.</summary>
internal sealed class NtlmRequestCase(string name, bool closes) : ComparisonCase(name)
{
    private NtlmSubject _subject = null!;

    public override bool UsesOtherThreads => true;

    public override void SetUp()
    {
        _subject = new NtlmSubject(closes);
        RunOurs(1);
        RunPeer(1);
    }

    public override void RunOurs(int operations) => Run(operations, _subject.SendOursAsync);

    public override void RunPeer(int operations) => Run(operations, _subject.SendPeerAsync);

    public override void Dispose()
    {
        _subject?.Dispose();
        base.Dispose();
    }

    // On a thread of the pool, as in a service: to block for each operation would measure the blocking.
    private static void Run(int operations, Func<Task> send) => Task.Run(async () =>
    {
        for (var i = 0; i < operations; i++)
        {
            await send();
        }
    }).GetAwaiter().GetResult();
}
