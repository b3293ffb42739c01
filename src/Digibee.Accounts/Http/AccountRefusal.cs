using System.Collections.Frozen;
using System.Net;

namespace Digibee.Accounts;

/// <summary>Why we think that a server refused an account.</summary>
/// <param name="AccountNames">The accounts that were on the request.</param>
/// <param name="StatusCode">The answer's status: 401 or 403.</param>
/// <param name="Reason">What the answer says, in words for a person; never a secret.</param>
public sealed record AccountRefusal(NameList AccountNames, HttpStatusCode StatusCode, string Reason)
{
    // The registered schemes (IANA, HTTP Authentication Scheme Registry) and those in wide use.
    private static readonly FrozenSet<string> KnownSchemes = FrozenSet.ToFrozenSet(
        [
            "Basic", "Bearer", "Concealed", "Digest", "DPoP", "GNAP", "HOBA", "Mutual", "Negotiate", "OAuth", "PrivateToken", "SCRAM-SHA-1", "SCRAM-SHA-256", "vapid",
            "ApiKey", "AWS4-HMAC-SHA256", "Hawk", "Kerberos", "NTLM", "Signature", "Token",
        ],
        StringComparer.OrdinalIgnoreCase);

    // The known schemes of the challenge only: a server can write anything into a scheme or a parameter, what we sent included.
    internal static AccountRefusal Of(HttpResponseMessage response, NameList accountNames, string? explanation = null)
    {
        var status = response.StatusCode;
        var reason = status == HttpStatusCode.Forbidden
            ? "403 Forbidden: the server may know the account and not allow it this request."
            : "401 Unauthorized: the server does not accept the credential. Is it still valid, and is it for this server?";
        var schemes = response.Headers.WwwAuthenticate
            .Select(static challenge => NameOf(challenge.Scheme))
            .Distinct(StringComparer.Ordinal)
            .Take(8)
            .ToArray();
        reason = schemes.Length == 0 ? reason : $"{reason} It asks for: {string.Join(", ", schemes)}.";
        return new(accountNames, status, explanation is null ? reason : $"{reason} {explanation}");
    }

    /// <summary>Gives the name of a scheme if it is one we know.</summary>
    internal static string NameOf(ReadOnlySpan<char> scheme) => KnownSchemes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(scheme, out var known) ? known : "another scheme";
}
