using System.Formats.Asn1;
using System.Net;
using System.Net.Http.Headers;

namespace Digibee.Accounts;

/// <summary>Sets <c>Authorization: Negotiate</c> (RFC 4559) with each request, before anybody asks, on connections of the account's own: IIS and HTTP.sys keep the identity on the connection.</summary>
internal sealed class KerberosAuthenticator(KerberosClient client) : IAccountConnectionAuthenticator<KerberosAccount>
{
    private const string Scheme = "Negotiate";

    // A refused ticket younger than this was refused for what it is: the next one would be refused as well.
    private static readonly TimeSpan FreshTicket = TimeSpan.FromMinutes(1);

    public ConnectionPart Part => ConnectionPart.SignIn;

    // RFC 4559 binds the identity to the connection, which HTTP/2 shares among requests; IIS refuses it there.
    public bool RequiresHttp11 => true;

    // Nothing to set up: that the connections belong to the account alone is the point.
    public IDisposable? Configure(SocketsHttpHandler handler, OpenedAccount opened, KerberosAccount account, ConnectionTarget? target, AccountClientOptions options) => null;

    public async ValueTask AuthenticateAsync(AccountRequest request, KerberosAccount account, CancellationToken cancellationToken)
    {
        var host = request.RequestUri.IdnHost.TrimEnd('.');
        var proof = new KerberosProof(client.Own(request.Opened), host);
        request.Proof = proof;
        proof.Ticket = await client.GetTicketAsync(proof.Credential, host, cancellationToken).ConfigureAwait(false);
        proof.Timestamp = proof.Credential.Clock.NextTimestamp();
        request.SetAuthorization(new AuthenticationHeaderValue(Scheme, Token(proof.Ticket, account.RequireMutualAuthentication, proof.Timestamp)));
    }

    public ValueTask<AccountVerdict> ReviewAsync(HttpResponseMessage response, AccountRequest request, KerberosAccount account, CancellationToken cancellationToken)
    {
        var proof = (KerberosProof)request.Proof!;
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            // The service may have a new key, which the KDC knows and an old ticket does not.
            var isDropped = proof.Credential.Tickets.Drop(proof.Credential.KeyOf(proof.Host), proof.Ticket!, FreshTicket);
            return ValueTask.FromResult(isDropped ? AccountVerdict.Repeat : AccountVerdict.Accept);
        }

        if (account.RequireMutualAuthentication && !IsProven(response, proof))
        {
            throw new AccountAuthenticationException(
                request.AccountName,
                $"The server did not prove that it has the key of the service, as account '{request.AccountName}' requires (RequireMutualAuthentication), so its answer was thrown away. Is it the right server?");
        }

        return ValueTask.FromResult(AccountVerdict.Accept);
    }

    /// <summary>Makes the token for one request.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="mutual">Whether the service shall prove itself.</param>
    /// <param name="timestamp">A time that no other token has.</param>
    internal static string Token(KerberosTicket ticket, bool mutual, DateTimeOffset timestamp)
    {
        var apRequest = KerberosApRequest.Message(
            ticket, KerberosKeyUsage.ApRequestAuthenticator, mutual ? KerberosApRequest.MutualRequired : 0, timestamp, KerberosSpnego.ChecksumType, KerberosSpnego.Checksum(mutual));
        return Convert.ToBase64String(KerberosSpnego.Wrap(apRequest));
    }

    private static bool IsProven(HttpResponseMessage response, KerberosProof proof)
    {
        foreach (var challenge in response.Headers.WwwAuthenticate)
        {
            if (!string.Equals(challenge.Scheme, Scheme, StringComparison.OrdinalIgnoreCase) || challenge.Parameter is not { } text)
            {
                continue;
            }

            var token = new byte[text.Length];
            return Convert.TryFromBase64String(text, token, out var length) && IsProven(token.AsSpan(0, length), proof);
        }

        return false;
    }

    private static bool IsProven(ReadOnlySpan<byte> token, KerberosProof proof)
    {
        try
        {
            return KerberosApReply.Proves(KerberosSpnego.Unwrap(token), proof.Ticket!.SessionKey, proof.Timestamp);
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
