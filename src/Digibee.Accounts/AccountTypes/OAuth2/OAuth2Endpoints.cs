using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Duende.IdentityModel.Client;

namespace Digibee.Accounts;

/// <summary>Finds a provider's endpoints: those that are registered, or those of its issuer's metadata (OpenID Connect Discovery, RFC 8414), read once a day.</summary>
internal sealed class OAuth2Endpoints(TokenHttpClient http, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    // One for each registered provider, so there are as many as the program has.
    private readonly ConcurrentDictionary<string, (OAuth2EndpointSet Found, DateTimeOffset Until)> _discovered = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds the endpoints that a grant is for: those for a certificate, if it presents one.</summary>
    public async ValueTask<(OAuth2EndpointSet? Found, TokenError? Error)> FindAsync(OAuth2TokenGrant grant, CancellationToken cancellationToken)
    {
        var (found, error) = await FindAsync(grant.AccountName, grant.Provider, cancellationToken).ConfigureAwait(false);
        return found is null || grant.CertificateAccount is null ? (found, error)
            : found.WithCertificate is { } others ? (others, null)
            : (null, NotFound(grant.AccountName, "names endpoints for clients with a certificate at another origin"));
    }

    /// <summary>Finds a provider's endpoints.</summary>
    public async ValueTask<(OAuth2EndpointSet? Found, TokenError? Error)> FindAsync(string accountName, OAuth2Provider provider, CancellationToken cancellationToken)
    {
        if (provider.TokenEndpoint is { } token)
        {
            return (Registered(provider, token), null);
        }

        if (provider.Issuer is not { } issuer)
        {
            throw new AccountValidationException(accountName, [new AccountProblem(nameof(OAuth2Account.Provider), $"its registration has neither {nameof(OAuth2Provider.TokenEndpoint)} nor {nameof(OAuth2Provider.Issuer)}. Add one.")]);
        }

        if (_discovered.TryGetValue(provider.Name, out var cached) && time.GetUtcNow() < cached.Until)
        {
            return (cached.Found, null);
        }

        // OpenID Connect puts the path behind the issuer's, RFC 8414 in front of it.
        var (found, error) = await DiscoverAsync(accountName, provider, new Uri($"{issuer.OriginalString.TrimEnd('/')}/.well-known/openid-configuration"), cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            var oauth = new Uri(issuer, $"/.well-known/oauth-authorization-server{issuer.AbsolutePath.TrimEnd('/')}");
            (found, error) = await DiscoverAsync(accountName, provider, oauth, cancellationToken).ConfigureAwait(false);
        }

        if (found is not null)
        {
            _discovered[provider.Name] = (found, time.GetUtcNow() + Lifetime);
        }

        return (found, error);
    }

    // What the program writes down is for all of its accounts.
    private static OAuth2EndpointSet Registered(OAuth2Provider provider, Uri token)
    {
        var registered = new OAuth2EndpointSet
        {
            Token = new TokenEndpoint(token, IsFromData: false),
            Refresh = new TokenEndpoint(provider.RefreshEndpoint ?? token, IsFromData: false),
            Authorization = provider.AuthorizationEndpoint,
            DeviceAuthorization = provider.DeviceAuthorizationEndpoint is { } device ? new TokenEndpoint(device, IsFromData: false) : null,
        };
        return registered with { WithCertificate = registered };
    }

    private async Task<(OAuth2EndpointSet? Found, TokenError? Error)> DiscoverAsync(string accountName, OAuth2Provider provider, Uri metadata, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, metadata);
        var (reply, error) = await http.SendAsync(accountName, new TokenEndpoint(metadata, IsFromData: false), certificate: null, request, cancellationToken).ConfigureAwait(false);
        if (reply is null)
        {
            return (null, error);
        }

        using (reply)
        {
            if (reply.Status != HttpStatusCode.OK)
            {
                return (null, NotFound(accountName, $"answered with status {(int)reply.Status}"));
            }

            return await ReadAsync(reply, provider).ConfigureAwait(false) is { } found ? (found, null) : (null, NotFound(accountName, "is not that of this issuer, or names endpoints at another origin"));
        }
    }

    private static async Task<OAuth2EndpointSet?> ReadAsync(TokenReply reply, OAuth2Provider provider)
    {
        using var copy = new HttpResponseMessage(HttpStatusCode.OK);
        copy.Content = new ByteArrayContent(reply.Body.Span.ToArray());
        try
        {
            var document = await ProtocolResponse.FromHttpResponseAsync<DiscoveryDocumentResponse>(copy, PolicyOf(provider)).ConfigureAwait(false);

            // To the letter (RFC 8414, section 3.3); the library forgives a final slash.
            return document.IsError || document.Issuer != provider.Issuer!.OriginalString || !Uri.TryCreate(document.TokenEndpoint, UriKind.Absolute, out var token)
                ? null
                : Discovered(provider, document, token);
        }
        catch (Exception exception) when (exception is InvalidOperationException or JsonException or ArgumentException or FormatException)
        {
            // The library takes members for what they should be.
            return null;
        }
    }

    private static OAuth2EndpointSet Discovered(OAuth2Provider provider, DiscoveryDocumentResponse document, Uri token)
    {
        var discovered = new OAuth2EndpointSet
        {
            Token = new TokenEndpoint(token, IsFromData: true),
            Refresh = provider.RefreshEndpoint is { } refresh ? new TokenEndpoint(refresh, IsFromData: false) : new TokenEndpoint(token, IsFromData: true),
            Authorization = provider.AuthorizationEndpoint ?? (Uri.TryCreate(document.AuthorizeEndpoint, UriKind.Absolute, out var authorize) ? authorize : null),
            DeviceAuthorization = Uri.TryCreate(document.DeviceAuthorizationEndpoint, UriKind.Absolute, out var device) ? new TokenEndpoint(device, IsFromData: true) : null,
            NamesIssuer = document.TryGetBoolean("authorization_response_iss_parameter_supported") ?? false,
        };
        return discovered with { WithCertificate = OAuth2EndpointAliases.Apply(discovered, provider, document) };
    }

    // The document must name exactly this issuer, and endpoints at its origin or one that the registration lists: otherwise who controls the document gets the secrets.
    private static DiscoveryPolicy PolicyOf(OAuth2Provider provider)
    {
        var policy = new DiscoveryPolicy
        {
            Authority = provider.Issuer!.OriginalString,
            ValidateIssuerName = true,
            ValidateEndpoints = true,
            RequireHttps = true,
            AllowHttpOnLoopback = true,
            RequireKeySet = false,
        };
        policy.AdditionalEndpointBaseAddresses.Add(provider.Issuer.GetLeftPart(UriPartial.Authority));
        foreach (var origin in provider.EndpointOrigins)
        {
            policy.AdditionalEndpointBaseAddresses.Add(origin);
        }

        return policy;
    }

    private static TokenError NotFound(string accountName, string what) => new(
        TokenErrorKind.Transient,
        $"The endpoints for account '{accountName}' are not known: the provider's metadata {what}. Check {nameof(OAuth2Provider)}.{nameof(OAuth2Provider.Issuer)} and {nameof(OAuth2Provider.EndpointOrigins)}, or register the endpoints themselves.");
}
