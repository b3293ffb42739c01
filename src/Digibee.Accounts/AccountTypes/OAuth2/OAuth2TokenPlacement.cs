namespace Digibee.Accounts;

/// <summary>Where an access token stands in a request.</summary>
public enum OAuth2TokenPlacement
{
    /// <summary>In <c>Authorization</c> (RFC 6750, section 2.1).</summary>
    Header = 0,

    /// <summary>In the query parameter <c>access_token</c> (RFC 6750, section 2.3), where it gets into logs: for servers that take nothing else.</summary>
    Query = 1,
}
