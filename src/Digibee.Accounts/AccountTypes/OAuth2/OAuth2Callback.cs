using System.Security.Cryptography;
using System.Text;
using System.Web;

namespace Digibee.Accounts;

/// <summary>Judges what the browser came back with (RFC 6749, section 4.1.2; RFC 9207).</summary>
internal static class OAuth2Callback
{
    private const int LongestCallback = 65_536;

    /// <summary>Gives the code.</summary>
    /// <param name="callback">What the browser came back with.</param>
    /// <param name="ticket">The log-in that it should belong to.</param>
    /// <param name="grant">The grant that the log-in is for.</param>
    /// <param name="namesIssuer">Whether the provider is known to name itself in it.</param>
    /// <exception cref="AccountAuthenticationException">The callback is not of this log-in, or brings a refusal.</exception>
    public static Secret CodeOf(Uri callback, OAuth2Ticket ticket, OAuth2TokenGrant grant, bool namesIssuer)
    {
        var name = grant.AccountName;
        var query = callback.OriginalString.Length > LongestCallback ? [] : HttpUtility.ParseQueryString(callback.IsAbsoluteUri ? callback.Query : callback.OriginalString[(callback.OriginalString.IndexOf('?', StringComparison.Ordinal) + 1)..]);
        var state = query["state"] ?? "";
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state), Encoding.UTF8.GetBytes(ticket.State)))
        {
            throw new AccountAuthenticationException(name, $"The log-in of account '{name}' was not completed: the callback belongs to another one. Begin it again, in the browser that completes it.");
        }

        // Mixed up with an honest provider's, a code would be sent to a dishonest one.
        if (query["iss"] is { } issuer ? issuer != grant.Provider.Issuer?.OriginalString : namesIssuer)
        {
            throw new AccountAuthenticationException(name, $"The log-in of account '{name}' was not completed: the callback does not come from the issuer that the provider's registration names (RFC 9207). Set {nameof(OAuth2Provider)}.{nameof(OAuth2Provider.Issuer)} to the provider's own, if it is missing.");
        }

        if (query["error"] is not null || query["code"] is not { Length: > 0 } code)
        {
            throw new AccountAuthenticationException(name, $"The log-in of account '{name}' was not completed: {(query["error"] == "access_denied" ? "the person did not agree" : "the provider refused it")}. Begin it again.");
        }

        return new Secret(code.AsSpan());
    }
}
