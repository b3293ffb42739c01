using System.Net.Http.Headers;

namespace Digibee.Accounts;

/// <summary>A request with a bearer token.</summary>
internal sealed class BearerRequestCase() : RequestCase("bearer request")
{
    protected override RequestSubject CreateSubject() => Subject();

    public static RequestSubject Subject() => new(
        new OAuthBearerAccount { Name = "crm", Token = new Secret("mF_9.B5f-4.1JqM"), AllowedOrigins = ["https://api.crm.example"] },
        new HandWrittenAuthorizationHandler(new AuthenticationHeaderValue("Bearer", "mF_9.B5f-4.1JqM")));
}
