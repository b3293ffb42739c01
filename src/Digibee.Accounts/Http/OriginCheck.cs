namespace Digibee.Accounts;

/// <summary>May this account go to this origin? The account's own list and the client's: both given, both must allow; one given, it decides; none, refused.</summary>
internal static class OriginCheck
{
    /// <summary>Throws unless every account from <paramref name="first"/> on may go where the message goes: scheme, host and port of its URI, and the same by its <c>Host</c> header,
    /// from which the platform takes the name for TLS.</summary>
    public static void Demand(HttpRequestMessage message, AccountRequest first, AllowedOrigins? clientOrigins)
    {
        if (!Origin.TryCreate(message.RequestUri, out var origin))
        {
            throw new AccountOriginException(
                first.AccountName,
                $"Account '{first.AccountName}' can only go to an absolute http or https URI without user information. Put the credential into the account, not into the URI.");
        }

        var host = origin;
        if (message.Headers.NonValidated.TryGetValues("Host", out var hosts)
            && (hosts.Count != 1 || message.Headers.Host is not { } header || !Origin.TryCreateFromHostHeader(header, origin, out host)))
        {
            throw new AccountOriginException(
                first.AccountName, $"Account '{first.AccountName}' cannot be sent with this Host header: it does not name one host. Remove or correct it.");
        }

        for (var account = first; account is not null; account = account.Next)
        {
            Demand(account, clientOrigins, origin, "");
            if (host != origin)
            {
                Demand(account, clientOrigins, host, ", as the Host header says");
            }
        }
    }

    /// <summary>Tells whether every list that is given names this origin as it is, neither by a wildcard nor by Any.</summary>
    public static bool IsListed(AccountRequest request, AllowedOrigins? clientOrigins, in Origin origin)
    {
        var own = OwnOrigins(request.Opened.Account);
        return (own.Count > 0 || clientOrigins is not null)
            && (own.Count == 0 || own.AllowsLiterally(origin))
            && (clientOrigins?.AllowsLiterally(origin) ?? true);
    }

    private static AllowedOrigins OwnOrigins(Account account) =>
        account.AllowedOrigins.Count > 0 ? account.AllowedOrigins : account.NaturalOrigins;

    private static bool IsAllowed(AllowedOrigins own, AllowedOrigins? client, in Origin origin) =>
        own.Count > 0 ? own.Allows(origin) && (client?.Allows(origin) ?? true) : client?.Allows(origin) ?? false;

    private static void Demand(AccountRequest request, AllowedOrigins? clientOrigins, in Origin origin, string how)
    {
        var own = OwnOrigins(request.Opened.Account);
        if (IsAllowed(own, clientOrigins, origin))
        {
            return;
        }

        var name = request.AccountName;
        var reason = own.Count == 0 && clientOrigins is null
            ? $"It names no origin. Save it with AllowedOrigins = [\"{origin}\"], or name the origin where the client is set up: UseAccount(\"{name}\", c => c.Origins = [\"{origin}\"])."
            : "If it should go there, add the origin to the account's AllowedOrigins and to the client's Origins, where they are given.";
        throw new AccountOriginException(name, $"Account '{name}' was not sent to {origin}{how}: that origin is not allowed. {reason}");
    }
}
