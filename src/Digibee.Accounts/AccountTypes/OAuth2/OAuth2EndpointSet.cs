namespace Digibee.Accounts;

/// <summary>The endpoints of a provider, registered or discovered.</summary>
internal sealed record OAuth2EndpointSet
{
    public required TokenEndpoint Token { get; init; }

    public required TokenEndpoint Refresh { get; init; }

    public Uri? Authorization { get; init; }

    public TokenEndpoint? DeviceAuthorization { get; init; }

    /// <summary>Gets whether the provider says of itself that its callbacks name the issuer (RFC 9207, section 3): one that does not is another's.</summary>
    public bool NamesIssuer { get; init; }

    /// <summary>Gets these with the aliases that the metadata has for clients with a certificate (RFC 8705, section 5); <see langword="null"/> when one of those is not to be trusted.</summary>
    public OAuth2EndpointSet? WithCertificate { get; init; }
}
