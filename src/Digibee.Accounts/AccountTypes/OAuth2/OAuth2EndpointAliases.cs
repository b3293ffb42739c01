using System.Text.Json;
using Duende.IdentityModel.Client;

namespace Digibee.Accounts;

/// <summary>The endpoints that a provider's metadata has for clients with a certificate, in place of the others (RFC 8705, section 5).</summary>
internal static class OAuth2EndpointAliases
{
    /// <summary>Puts the aliases in place; <see langword="null"/> when one is at an origin that is neither the issuer's nor listed in the registration.</summary>
    public static OAuth2EndpointSet? Apply(OAuth2EndpointSet discovered, OAuth2Provider provider, DiscoveryDocumentResponse document)
    {
        var token = discovered.Token;
        var device = discovered.DeviceAuthorization;
        if (document.MtlsEndpointAliases is not { Json.ValueKind: JsonValueKind.Object } aliases)
        {
            return discovered;
        }

        if (!TryReplace(ref token, aliases.TokenEndpoint, provider) || !TryReplace(ref device, aliases.DeviceAuthorizationEndpoint, provider))
        {
            return null;
        }

        return discovered with { Token = token!, DeviceAuthorization = device, Refresh = provider.RefreshEndpoint is null ? token! : discovered.Refresh };
    }

    // An alias that is missing leaves the endpoint as it is: it is for clients of both kinds.
    private static bool TryReplace(ref TokenEndpoint? endpoint, string? alias, OAuth2Provider provider)
    {
        if (string.IsNullOrEmpty(alias))
        {
            return true;
        }

        if (!Uri.TryCreate(alias, UriKind.Absolute, out var uri) || !IsAtKnownOrigin(uri, provider))
        {
            return false;
        }

        endpoint = new TokenEndpoint(uri, IsFromData: true);
        return true;
    }

    private static bool IsAtKnownOrigin(Uri uri, OAuth2Provider provider) =>
        Origin.TryCreate(uri, out var origin)
        && ((Origin.TryCreate(provider.Issuer!, out var issuer) && origin == issuer) || provider.EndpointOrigins.Allows(origin));
}
