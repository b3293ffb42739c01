namespace Digibee.Accounts;

/// <summary>The first token of an account: the keytab read, a first ticket and the service's got from a KDC on loopback; against the same by the platform's <c>NegotiateAuthentication</c> over GSS-API.</summary>
internal sealed class KerberosFirstTokenCase() : ComparisonCase("Kerberos first token")
{
    private KerberosSubject _subject = null!;

    public override bool UsesOtherThreads => true;

    public override void SetUp() => _subject = new KerberosSubject();

    public override void RunOurs(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            _subject.OurFirstToken();
        }
    }

    public override void RunPeer(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            _subject.PeerFirstToken();
        }
    }

    public override void Dispose()
    {
        _subject?.Dispose();
        base.Dispose();
    }
}
