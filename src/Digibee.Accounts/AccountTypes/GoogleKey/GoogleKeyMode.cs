namespace Digibee.Accounts;

/// <summary>What a Google Key account sends.</summary>
public enum GoogleKeyMode
{
    /// <summary>An access token for the scopes, exchanged for a signed assertion at the key's <c>token_uri</c>.</summary>
    AccessToken = 0,

    /// <summary>A JSON Web Token that the key signs itself, for the audience or the scopes: no call to Google, and not every service takes it.</summary>
    SelfSignedJwt = 1,

    /// <summary>An ID token for the audience, as Identity-Aware Proxy and Cloud Run want it.</summary>
    IdToken = 2,
}
