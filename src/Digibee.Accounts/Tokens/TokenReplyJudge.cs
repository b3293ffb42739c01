using System.Collections.Frozen;

namespace Digibee.Accounts;

/// <summary>Makes of a token endpoint's answer tokens, or an error and what it means for the next attempt.</summary>
internal static class TokenReplyJudge
{
    /// <summary>What nobody told a life for is renewed after this time, if it can be.</summary>
    public static readonly TimeSpan AssumedLifetime = TimeSpan.FromHours(1);

    // Some endpoints write milliseconds for seconds. A token that can be renewed is renewed daily at least.
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(1);

    // RFC 6749, sections 4.1.2.1 and 5.2; RFC 8628, 8693, 9449; OpenID Connect; and what GitHub answers. Any other text may be anything, what we sent included.
    private static readonly FrozenSet<string> KnownErrors = FrozenSet.ToFrozenSet(
        [
            "invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type", "invalid_scope", "invalid_target", "access_denied",
            "server_error", "temporarily_unavailable", "slow_down", "authorization_pending", "expired_token", "use_dpop_nonce", "invalid_dpop_proof", "invalid_token",
            "interaction_required", "login_required", "consent_required", "account_selection_required", "unmet_authentication_requirements",
            "bad_verification_code", "bad_refresh_token", "incorrect_client_credentials", "unverified_user_email", "device_flow_disabled", "incorrect_device_code",
        ],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string> TransientErrors = FrozenSet.ToFrozenSet(["server_error", "temporarily_unavailable", "slow_down", "authorization_pending"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> UsedUp = FrozenSet.ToFrozenSet(["invalid_grant", "bad_verification_code", "bad_refresh_token", "expired_token"], StringComparer.Ordinal);

    /// <summary>Reads an error; <see langword="null"/> when the answer is none.</summary>
    public static TokenError? ErrorOf(string accountName, TokenReply reply, TokenResponseReader? response)
    {
        var status = (int)reply.Status;
        if (response?.Error is { } code)
        {
            var known = KnownErrors.Contains(code) ? $"'{code}'" : "an error that no standard names";
            var kind = status is 429 or >= 500 || TransientErrors.Contains(code) ? TokenErrorKind.Transient : UsedUp.Contains(code) ? TokenErrorKind.InvalidGrant : TokenErrorKind.Definitive;
            return new(kind, $"The token endpoint refused account '{accountName}' with {known} (status {status}). {AdviceFor(code)}", reply.RetryAfter) { IsPending = code == "authorization_pending" };
        }

        if (status is >= 300 and < 400)
        {
            return new(TokenErrorKind.Definitive, $"The token endpoint of account '{accountName}' answered with a redirect ({status}), which is not followed: it would carry the account's secrets along. Correct the endpoint's URI.");
        }

        if (status is < 200 or >= 300)
        {
            return new(TokenErrorKind.Transient, $"The token endpoint of account '{accountName}' answered with status {status} and without saying why. It is tried again in a moment.", reply.RetryAfter);
        }

        return response is null ? NoTokens(accountName, "its answer is not a JSON object") : null;
    }

    public static TokenError NoTokens(string accountName, string why) =>
        new(TokenErrorKind.Transient, $"The token endpoint of account '{accountName}' did not hand out tokens: {why}. Is its URI right?");

    /// <summary>Gives when a token ends, and whether that is a guess.</summary>
    public static (DateTimeOffset? ExpiresAt, bool IsAssumed) ExpiryOf(DateTimeOffset obtainedAt, TimeSpan? lifetime, bool canRenew)
    {
        if (!canRenew)
        {
            // Without a way to another one, its own word is taken; and none means until it is refused.
            return (lifetime is { } told ? obtainedAt + told : null, lifetime is null);
        }

        var isAssumed = lifetime is null || lifetime > LongestLifetime;
        return (obtainedAt + (lifetime is null ? AssumedLifetime : lifetime > LongestLifetime ? LongestLifetime : lifetime.Value), isAssumed);
    }

    private static string AdviceFor(string code) => code switch
    {
        "invalid_client" or "incorrect_client_credentials" or "unauthorized_client" => "Check the client's id, its secret or key, and how the provider wants them sent.",
        "invalid_scope" or "invalid_target" => "Check the scopes, audience and resources.",
        _ when UsedUp.Contains(code) => "What was exchanged is expired, revoked or used up. If a person gave the consent, they have to log in again.",
        "access_denied" or "interaction_required" or "login_required" or "consent_required" => "A person has to log in and agree again.",
        _ when TransientErrors.Contains(code) => "It is tried again in a moment.",
        _ => "Check the account against the provider's documentation.",
    };
}
