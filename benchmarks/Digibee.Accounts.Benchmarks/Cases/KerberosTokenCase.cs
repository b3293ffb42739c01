namespace Digibee.Accounts;

/// <summary>A token for <c>Authorization: Negotiate</c> from a ticket at hand, against the platform's <c>NegotiateAuthentication</c> over GSS-API with a ticket at hand.</summary>
internal sealed class KerberosTokenCase() : ComparisonCase("Kerberos token")
{
    private KerberosSubject _subject = null!;

    public override void SetUp() => _subject = new KerberosSubject();

    public override void RunOurs(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            _subject.OurToken();
        }
    }

    public override void RunPeer(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            KerberosSubject.PeerToken();
        }
    }

    public override void Dispose()
    {
        _subject?.Dispose();
        base.Dispose();
    }
}
