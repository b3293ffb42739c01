namespace Digibee.Accounts;

/// <summary>The endpoints of a provider, registered or discovered.</summary>
internal sealed record OAuth2EndpointSet
{
    public required TokenEndpoint Token { get; init; }

    public required TokenEndpoint Refresh { get; init; }

    public Uri? Authorization { get; init; }

    public TokenEndpoint? DeviceAuthorization { get; init; }
}
