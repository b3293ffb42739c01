using System.Net.Http.Headers;

namespace Digibee.Accounts;

/// <summary>A request with a user name and password.</summary>
internal sealed class BasicRequestCase() : RequestCase("basic request")
{
    protected override RequestSubject CreateSubject() => new(
        new BasicAccount { Name = "crm", UserName = "Aladdin", Password = new Secret("open sesame"), AllowedOrigins = ["https://api.crm.example"] },
        new HandWrittenAuthorizationHandler(new AuthenticationHeaderValue("Basic", "QWxhZGRpbjpvcGVuIHNlc2FtZQ==")));
}
