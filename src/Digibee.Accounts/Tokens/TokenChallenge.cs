using System.Net;

namespace Digibee.Accounts;

/// <summary>What a 401 says of the token it refuses (RFC 6750, section 3.1; RFC 9449, section 7.1).</summary>
internal static class TokenChallenge
{
    /// <summary>Tells whether the server calls the token invalid: expired, revoked, or otherwise not to be sent again.</summary>
    public static bool IsInvalidToken(HttpResponseMessage response) => Names(response, "invalid_token");

    /// <summary>Tells whether the server wants its nonce in the proof, and which.</summary>
    public static bool WantsNonce(HttpResponseMessage response) => Names(response, "use_dpop_nonce");

    private static bool Names(HttpResponseMessage response, string error)
    {
        if (response.StatusCode != HttpStatusCode.Unauthorized)
        {
            return false;
        }

        foreach (var challenge in response.Headers.WwwAuthenticate)
        {
            if ((string.Equals(challenge.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase) || string.Equals(challenge.Scheme, "DPoP", StringComparison.OrdinalIgnoreCase))
                && HoldsError(challenge.Parameter, error))
            {
                return true;
            }
        }

        return false;
    }

    // error="…" or error=…, as a whole word: error_description may hold anything.
    private static bool HoldsError(ReadOnlySpan<char> parameters, string error)
    {
        foreach (var range in parameters.Split(','))
        {
            var parameter = parameters[range].Trim();
            var equals = parameter.IndexOf('=');
            if (equals > 0 && parameter[..equals].TrimEnd().Equals("error", StringComparison.OrdinalIgnoreCase))
            {
                return parameter[(equals + 1)..].Trim().Trim('"').SequenceEqual(error);
            }
        }

        return false;
    }
}
