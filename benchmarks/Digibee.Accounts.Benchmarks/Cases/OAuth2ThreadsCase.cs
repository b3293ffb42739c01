namespace Digibee.Accounts;

/// <summary>Requests with one OAuth 2 token that is at hand, from eight threads at once: what they share must not hold them up.</summary>
internal sealed class OAuth2ThreadsCase() : RequestCase("OAuth 2, 8 threads")
{
    private const int Threads = 8;

    public override bool UsesOtherThreads => true;

    public override void RunOurs(int operations) => RunOnThreads(operations, base.RunOurs);

    public override void RunPeer(int operations) => RunOnThreads(operations, base.RunPeer);

    protected override RequestSubject CreateSubject() => OAuth2RequestCase.Create();

    private static void RunOnThreads(int operations, Action<int> run)
    {
        var threads = new Thread[Threads];
        for (var i = 0; i < Threads; i++)
        {
            var share = (operations * (i + 1L) / Threads) - (operations * (long)i / Threads);
            threads[i] = new Thread(() => run((int)share));
            threads[i].Start();
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }
    }
}
