namespace Digibee.Accounts;

/// <summary>Where an API key goes.</summary>
public enum ApiKeyPlacement
{
    /// <summary>A parameter of the query string.</summary>
    Query = 0,

    /// <summary>A header.</summary>
    Header = 1,

    /// <summary>A cookie.</summary>
    Cookie = 2,
}
