using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>Gets the first ticket, by the keys of the keytab (RFC 4120, section 3.1). Stateless; safe for concurrent use.</summary>
internal sealed class KerberosAsExchange(KerberosKdcClient kdc, KerberosMetrics metrics)
{
    // The newest version and the one before it: while a password is being changed, nobody knows which of them the KDC has. More would lock the principal.
    private const int MostVersions = 2;

    /// <summary>Gets a ticket-granting ticket.</summary>
    /// <param name="credential">Whose ticket. The caller owns it meanwhile.</param>
    /// <param name="cancellationToken">Ends it as if no KDC had answered.</param>
    /// <exception cref="AccountAuthenticationException">The KDC refused the principal or its key.</exception>
    /// <exception cref="AccountValidationException">The keytab, saved before that was checked, holds no usable key.</exception>
    /// <exception cref="AccountUnavailableException">No KDC answered, or not sensibly.</exception>
    public async Task<KerberosTicket> RunAsync(KerberosCredential credential, CancellationToken cancellationToken)
    {
        if (credential.Keytab.Keys.Count == 0)
        {
            throw KerberosRefusal.NoKey(credential.AccountName);
        }

        var outcome = KerberosOutcome.Refused(KerberosErrorCode.None);
        try
        {
            foreach (var version in Versions(credential))
            {
                outcome = await RunAsync(credential, version, cancellationToken).ConfigureAwait(false);
                if (outcome.Ticket is { } ticket)
                {
                    credential.AcceptedVersion = version;
                    metrics.Exchanged("as", "granted");
                    return ticket;
                }

                if (outcome.Code is not (KerberosErrorCode.PreauthenticationFailed or KerberosErrorCode.BadIntegrity))
                {
                    break;
                }
            }
        }
        catch (AccountUnavailableException)
        {
            metrics.Exchanged("as", "unavailable");
            throw;
        }
        catch (AsnContentException)
        {
            metrics.Exchanged("as", "unavailable");
            throw KerberosRefusal.NotReadable(credential.AccountName);
        }

        metrics.Exchanged("as", "refused");
        throw KerberosRefusal.OfAs(credential.AccountName, outcome.Code);
    }

    // The version that was taken last, then the newest, then the one before it.
    private static IEnumerable<long> Versions(KerberosCredential credential) => credential.Keytab.Keys
        .Select(static key => key.Version)
        .Distinct()
        .Take(MostVersions)
        .OrderByDescending(version => version == credential.AcceptedVersion);

    private async Task<KerberosOutcome> RunAsync(KerberosCredential credential, long version, CancellationToken cancellationToken)
    {
        var keys = credential.Keytab.Keys.Where(key => key.Version == version).Select(static key => key.Key).ToArray();
        var types = keys.Select(static key => key.Type).ToArray();

        // The keytab's types alone first: Active Directory answers under the strongest type of the list that it has a key of.
        var outcome = await RunAsync(credential, keys, types, cancellationToken).ConfigureAwait(false);
        if (outcome.Code != KerberosErrorCode.EncryptionTypeUnknown)
        {
            return outcome;
        }

        // Then the others behind them: MIT takes the session key's type from the same list.
        return await RunAsync(credential, keys, [.. types, .. KerberosEncryption.Usable(credential.AllowRc4).Except(types)], cancellationToken).ConfigureAwait(false);
    }

    private async Task<KerberosOutcome> RunAsync(KerberosCredential credential, KerberosKey[] keys, KerberosEncryptionType[] types, CancellationToken cancellationToken)
    {
        var nonce = RandomNumberGenerator.GetInt32(int.MaxValue);
        var realm = credential.Principal.Realm;
        var service = KerberosPrincipal.TicketGrantingService(realm, of: realm);
        var body = KerberosKdcRequest.Body(options: 0, credential.Principal, service, nonce, types);
        var answer = await AskAsync(credential, body, preauthentication: [], cancellationToken).ConfigureAwait(false);
        if (!KerberosError.Is(answer))
        {
            return Open(credential, answer, nonce);
        }

        var error = KerberosError.Read(answer);
        if (error.Code != KerberosErrorCode.PreauthenticationRequired)
        {
            return KerberosOutcome.Refused(error.Code);
        }

        if (Choose(keys, KerberosPreauthentication.EncryptionTypes(error.Data)) is not { } chosen)
        {
            return KerberosOutcome.Refused(KerberosErrorCode.EncryptionTypeUnknown);
        }

        answer = await AskAsync(credential, body, KerberosPreauthentication.Timestamp(chosen, credential.Clock.Now), cancellationToken).ConfigureAwait(false);
        if (KerberosError.Is(answer) && KerberosError.Read(answer) is { Code: KerberosErrorCode.ClockSkew } skew)
        {
            // Once, and for this one timestamp: nothing protects the time in an error.
            answer = await AskAsync(credential, body, KerberosPreauthentication.Timestamp(chosen, skew.ServerTime), cancellationToken).ConfigureAwait(false);
        }

        return KerberosError.Is(answer) ? KerberosOutcome.Refused(KerberosError.Read(answer).Code) : Open(credential, answer, nonce);
    }

    private async Task<byte[]> AskAsync(KerberosCredential credential, byte[] body, byte[] preauthentication, CancellationToken cancellationToken)
    {
        var realm = credential.RealmOf(credential.Principal.Realm);
        var request = KerberosKdcRequest.Message(KerberosKdcRequest.AsRequest, body, KerberosPreauthentication.EncryptedTimestamp, preauthentication);
        return await kdc.ExchangeAsync(realm, request, cancellationToken).ConfigureAwait(false) ?? throw KerberosRefusal.NoAnswer(credential.AccountName, realm);
    }

    // The strongest that both have. Nothing protects the offer, so the keytab's order counts and not the KDC's.
    private static KerberosKey? Choose(KerberosKey[] keys, IReadOnlyList<int> offered) =>
        offered.Count == 0 ? keys[0] : Array.Find(keys, key => offered.Contains((int)key.Type));

    private static KerberosOutcome Open(KerberosCredential credential, byte[] answer, int nonce)
    {
        var reply = KerberosKdcReply.Read(answer, KerberosKdcReply.AsReply);
        using var plaintext = Decrypt(credential.Keytab, reply.Sealed);
        if (plaintext is null)
        {
            return KerberosOutcome.Refused(KerberosErrorCode.PreauthenticationFailed);
        }

        var part = KerberosKdcReplyPart.Read(plaintext.Span, credential.AllowRc4);
        var service = KerberosPrincipal.TicketGrantingService(credential.Principal.Realm, of: credential.Principal.Realm);
        if (part.Nonce == nonce && reply.Client.Realm != credential.Principal.Realm && reply.Client.HasNameOf(credential.Principal))
        {
            // Active Directory takes a realm in any case of letters, and then answers in its own.
            part.SessionKey.Dispose();
            return KerberosOutcome.Refused(KerberosErrorCode.WrongRealm);
        }

        if (part.Nonce != nonce || !reply.Client.Is(credential.Principal) || !part.Service.Is(service) || !reply.Service.Is(service))
        {
            part.SessionKey.Dispose();
            throw KerberosRefusal.NotReadable(credential.AccountName);
        }

        credential.Clock.Observe(part.AuthenticatedAt);
        return new(new KerberosTicket(reply.Ticket, reply.Client, part.Service, part.SessionKey, part.StartsAt, part.EndsAt), KerberosErrorCode.None);
    }

    // Without preauthentication the KDC answers under whatever version it has. It names its version, but not in all 32 bits always.
    private static SecretBuffer? Decrypt(KerberosKeytab keytab, in KerberosEncryptedData data)
    {
        foreach (var key in keytab.Keys)
        {
            if ((int)key.Key.Type == data.EncryptionType && key.Key.TryDecrypt(KerberosKeyUsage.AsReply, data.Ciphertext) is { } plaintext)
            {
                return plaintext;
            }
        }

        return null;
    }
}
