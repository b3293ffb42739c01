using System.Net;

namespace Digibee.Accounts;

/// <summary>What an answer says of the token that the request was sent with.</summary>
internal static class TokenReview
{
    /// <summary>Takes in an answer. Almost always it is not a 401, and this is a comparison.</summary>
    /// <returns>Whether to send again with another token.</returns>
    public static bool ShouldRepeat(HttpResponseMessage response, AccountRequest request, TokenEngine engine, TokenSlot slot)
    {
        if (slot.Current is not { } current)
        {
            return false;
        }

        if (response.StatusCode != HttpStatusCode.Unauthorized)
        {
            if (!current.WasAccepted)
            {
                current.WasAccepted = true;
            }

            return false;
        }

        // A server that tells no life for its tokens may also not say what is wrong with one.
        return request.Attempt == 0
            && (TokenChallenge.IsInvalidToken(response) || current.Tokens.IsExpiryAssumed)
            && (WasSentWith(request, current) ? engine.Reject(slot, current) : engine.Find(slot) is not null);
    }

    // It is still on the message: what was sent is not always what is current by now.
    private static bool WasSentWith(AccountRequest request, CachedToken token)
    {
        var text = token.Header.Parameter!;
        return (request.Headers.TryGetValues("Authorization", out var values) && values.ToString().EndsWith(text, StringComparison.Ordinal))
            || request.RequestUri.Query.Contains(Uri.EscapeDataString(text), StringComparison.Ordinal);
    }
}
