using Duende.IdentityModel.Client;

namespace Digibee.Accounts;

/// <summary>Where a log-in sends the browser (RFC 6749, section 4.1.1; RFC 7636, section 4.3).</summary>
internal static class OAuth2AuthorizationRequest
{
    public static Uri UriOf(Uri endpoint, OAuth2TokenGrant grant, OAuth2Ticket ticket)
    {
        var more = new Parameters();
        foreach (var parameter in grant.Provider.AuthorizationParameters)
        {
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            more.Add(parameter[..equals], parameter[(equals + 1)..]);
        }

        foreach (var resource in grant.Account.Resources)
        {
            more.Add("resource", resource, ParameterReplaceBehavior.None);
        }

        if (grant.Account.Audience is { } audience)
        {
            more.Add("audience", audience);
        }

        var withPkce = !grant.Provider.SkipsPkce;
        var scopes = ScopesOf(grant);
        return new Uri(new RequestUrl(endpoint.OriginalString).CreateAuthorizeUrl(
            clientId: grant.ClientId,
            responseType: "code",
            scope: scopes.Length == 0 ? null : scopes,
            redirectUri: ticket.RedirectUri,
            state: ticket.State,
            codeChallenge: withPkce ? ticket.Challenge : null,
            codeChallengeMethod: withPkce ? "S256" : null,
            prompt: grant.Provider.Prompt,
            extra: more));
    }

    /// <summary>Gives the account's scopes, and those that the provider wants of everybody.</summary>
    public static string ScopesOf(OAuth2TokenGrant grant) =>
        string.Join(' ', grant.Account.Scopes.Concat(grant.Provider.RequiredScopes).Distinct(StringComparer.Ordinal));
}
