using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>Gets a ticket for a service, by a ticket-granting ticket (RFC 4120, section 3.3), through as many realms as it takes (RFC 6806, section 8). Stateless; safe for concurrent use.</summary>
internal sealed class KerberosTgsExchange(KerberosKdcClient kdc, KerberosMetrics metrics)
{
    private const int TgsRequestProof = 1;
    private const int MostRealms = 8;

    /// <summary>Gets a ticket for a service.</summary>
    /// <param name="credential">Whose ticket.</param>
    /// <param name="granting">The ticket-granting ticket of the principal's own realm.</param>
    /// <param name="service">The service. Its realm is empty when the KDCs shall find it.</param>
    /// <param name="cancellationToken">Ends it as if no KDC had answered.</param>
    /// <returns>The ticket, or why there is none.</returns>
    /// <exception cref="AccountException">No KDC answered, or not sensibly, or they led nowhere.</exception>
    public async Task<KerberosOutcome> RunAsync(KerberosCredential credential, KerberosTicket granting, KerberosPrincipal service, CancellationToken cancellationToken)
    {
        var current = granting;
        try
        {
            for (var hops = 0; hops < MostRealms; hops++)
            {
                var outcome = await AskAsync(credential, current, service, cancellationToken).ConfigureAwait(false);
                if (outcome.Ticket?.Service.LeadsTo is not { } next || service.LeadsTo is not null)
                {
                    metrics.Exchanged("tgs", outcome.Ticket is null ? "refused" : "granted");
                    return outcome;
                }

                // A referral: the next realm's KDC knows the service, or the way on.
                Leave(current, granting);
                current = outcome.Ticket;
                if (next == current.Service.Realm)
                {
                    break;
                }
            }
        }
        catch (AccountUnavailableException)
        {
            metrics.Exchanged("tgs", "unavailable");
            throw;
        }
        catch (AsnContentException)
        {
            metrics.Exchanged("tgs", "unavailable");
            throw KerberosRefusal.NotReadable(credential.AccountName);
        }
        finally
        {
            Leave(current, granting);
        }

        metrics.Exchanged("tgs", "refused");
        throw KerberosRefusal.NoWay(credential.AccountName);
    }

    private static void Leave(KerberosTicket current, KerberosTicket granting)
    {
        if (current != granting)
        {
            current.Dispose();
        }
    }

    private async Task<KerberosOutcome> AskAsync(KerberosCredential credential, KerberosTicket granting, KerberosPrincipal service, CancellationToken cancellationToken)
    {
        // Another realm is asked for by its ticket-granting service, if its name is known.
        var realm = granting.Service.LeadsTo!;
        var wanted = service.Realm.Length == 0 || service.Realm == realm
            ? new KerberosPrincipal(realm, service.NameType, service.Parts)
            : KerberosPrincipal.TicketGrantingService(service.Realm, of: realm);
        var nonce = RandomNumberGenerator.GetInt32(int.MaxValue);
        var body = KerberosKdcRequest.Body(KerberosKdcRequest.Canonicalize, client: null, wanted, nonce, KerberosEncryption.Usable(credential.AllowRc4));
        var key = granting.SessionKey;
        var proof = KerberosApRequest.Message(
            granting, KerberosKeyUsage.TgsRequestAuthenticator, options: 0, credential.Clock.NextTimestamp(), key.ChecksumType, key.Checksum(KerberosKeyUsage.TgsRequestChecksum, body));
        var request = KerberosKdcRequest.Message(KerberosKdcRequest.TgsRequest, body, TgsRequestProof, proof);

        var servers = credential.RealmOf(realm);
        var answer = await kdc.ExchangeAsync(servers, request, cancellationToken).ConfigureAwait(false) ?? throw KerberosRefusal.NoAnswer(credential.AccountName, servers);
        return KerberosError.Is(answer) ? KerberosOutcome.Refused(KerberosError.Read(answer).Code) : Open(credential, answer, granting, wanted, nonce);
    }

    private static KerberosOutcome Open(KerberosCredential credential, byte[] answer, KerberosTicket granting, KerberosPrincipal wanted, int nonce)
    {
        var reply = KerberosKdcReply.Read(answer, KerberosKdcReply.TgsReply);
        using var plaintext = reply.Sealed.EncryptionType == (int)granting.SessionKey.Type ? granting.SessionKey.TryDecrypt(KerberosKeyUsage.TgsReply, reply.Sealed.Ciphertext) : null;
        if (plaintext is null)
        {
            throw KerberosRefusal.NotReadable(credential.AccountName);
        }

        var part = KerberosKdcReplyPart.Read(plaintext.Span, credential.AllowRc4);

        // The service's name may be the one that the KDC prefers, or a referral; then both places say the same.
        if (part.Nonce != nonce || !reply.Client.Is(granting.Client) || !reply.Service.HasNameOf(part.Service) || (wanted.LeadsTo is not null && part.Service.LeadsTo is null))
        {
            part.SessionKey.Dispose();
            throw KerberosRefusal.NotReadable(credential.AccountName);
        }

        return new(new KerberosTicket(reply.Ticket, reply.Client, part.Service, part.SessionKey, part.StartsAt, part.EndsAt), KerberosErrorCode.None);
    }
}
