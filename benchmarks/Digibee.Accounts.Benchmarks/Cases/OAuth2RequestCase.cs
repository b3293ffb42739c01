using System.Net.Http.Headers;

namespace Digibee.Accounts;

/// <summary>A request with an OAuth 2 token that is at hand.</summary>
internal sealed class OAuth2RequestCase() : RequestCase("OAuth 2 request")
{
    /// <summary>Makes the subject, for the case on several threads too.</summary>
    public static RequestSubject Create() => new(
        new OAuth2Account
        {
            Name = "crm",
            Provider = "crm",
            Grant = OAuth2Grant.ClientCredentials,
            ClientId = "shop",
            ClientSecret = new Secret("secret"),
            AllowedOrigins = ["https://api.crm.example"],
        },
        new HandWrittenAuthorizationHandler(new AuthenticationHeaderValue("Bearer", StubTokenEndpoint.Token)));

    protected override RequestSubject CreateSubject() => Create();
}
