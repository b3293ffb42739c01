namespace Digibee.Accounts;

/// <summary>The device flow (RFC 8628): ask for a code, then ask again and again whether the person has agreed.</summary>
internal sealed class OAuth2Devices(TokenProtocol protocol, OAuth2Logins logins, TimeProvider time)
{
    private const string GrantType = "urn:ietf:params:oauth:grant-type:device_code";

    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestFlow = TimeSpan.FromHours(1);

    public async Task<OAuth2DeviceAuthorization> BeginAsync(OAuth2TokenGrant grant, OAuth2EndpointSet endpoints, TokenEndpoint device, CancellationToken cancellationToken)
    {
        using var exchange = new TokenExchange(grant, device);
        var scopes = OAuth2AuthorizationRequest.ScopesOf(grant);
        exchange.Form.Add("scope", scopes.Length == 0 ? null : scopes);
        OAuth2Exchanges.WriteCommon(exchange, grant.Account, withScopes: false);
        OAuth2ClientProof.Write(exchange, grant, endpoints, time.GetUtcNow());
        var (reply, error) = await protocol.SendAsync(exchange, nonce: null, cancellationToken).ConfigureAwait(false);
        if (reply is null)
        {
            throw error!.ToException(grant.AccountName);
        }

        using (reply)
        {
            var response = TokenResponseReader.TryRead(reply.Body.Span);
            if ((TokenReplyJudge.ErrorOf(grant.AccountName, reply, response) ?? Incomplete(grant, response!)) is { } failure)
            {
                throw failure.ToException(grant.AccountName);
            }

            return new OAuth2DeviceAuthorization(
                grant.Key,
                response!.DeviceCode!,
                response.UserCode!,
                response.VerificationUri!,
                response.VerificationUriComplete,
                time.GetUtcNow() + Shorter(response.ExpiresIn ?? LongestFlow, LongestFlow),
                Shorter(response.Interval ?? DefaultInterval, LongestInterval));
        }
    }

    public async Task CompleteAsync(OAuth2TokenGrant grant, OAuth2EndpointSet endpoints, OAuth2DeviceAuthorization authorization, CancellationToken cancellationToken)
    {
        var interval = authorization.Interval;
        while (time.GetUtcNow() < authorization.ExpiresAt)
        {
            await Task.Delay(interval, time, cancellationToken).ConfigureAwait(false);
            var answer = await logins.RequestAsync(
                grant,
                endpoints,
                form =>
                {
                    form.Add("grant_type", GrantType);
                    form.Add("device_code", authorization.DeviceCode);
                },
                cancellationToken).ConfigureAwait(false);
            if (answer.Tokens is { } tokens)
            {
                await logins.KeepAsync(grant, tokens, cancellationToken).ConfigureAwait(false);
                return;
            }

            if (answer.Error!.Kind != TokenErrorKind.Transient)
            {
                throw answer.Error.ToException(grant.AccountName);
            }

            // Section 3.5: five seconds more for good when it asks to slow down, or cannot be reached.
            interval = answer.Error.IsPending ? interval : Shorter(interval + DefaultInterval, LongestInterval);
        }

        throw new AccountAuthenticationException(grant.AccountName, $"Nobody agreed to the log-in of account '{grant.AccountName}' in time. Begin it again.");
    }

    private static TokenError? Incomplete(OAuth2TokenGrant grant, TokenResponseReader response) =>
        response.DeviceCode is null || response.UserCode is null || response.VerificationUri is null
            ? TokenReplyJudge.NoTokens(grant.AccountName, "the device flow's answer lacks a code or the place to type it in")
            : null;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
