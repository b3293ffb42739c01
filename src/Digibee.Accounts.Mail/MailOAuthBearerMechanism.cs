using System.Text;
using MailKit.Security;

namespace Digibee.Accounts;

/// <summary>OAUTHBEARER (RFC 7628). MailKit's own tells the port as -1, and a server may refuse a token that was meant for another one.</summary>
internal sealed class MailOAuthBearerMechanism(string userName, string token, string host, int port) : SaslMechanism(userName, token)
{
    // What parts the fields, and what answers a refusal (sections 3.1 and 3.2.3).
    private const string Separator = "\u0001";

    private bool _wasSent;

    public override string MechanismName => "OAUTHBEARER";

    public override bool SupportsInitialResponse => true;

    public override void Reset()
    {
        _wasSent = false;
        base.Reset();
    }

    protected override byte[] Challenge(byte[]? token, int startIndex, int length, CancellationToken cancellationToken)
    {
        if (_wasSent)
        {
            // The server has said why it refuses, and waits to be heard out before it ends the exchange.
            return Encoding.ASCII.GetBytes(Separator);
        }

        _wasSent = true;
        IsAuthenticated = true;
        return Encoding.UTF8.GetBytes(string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"n,a={Credentials.UserName},{Separator}host={host}{Separator}port={port}{Separator}auth=Bearer {Credentials.Password}{Separator}{Separator}"));
    }
}
