namespace Digibee.Accounts;

/// <summary>A request with a header of the service's own.</summary>
internal sealed class CustomHeaderRequestCase() : RequestCase("custom header request")
{
    protected override RequestSubject CreateSubject() => new(
        new CustomAuthHeaderAccount { Name = "crm", HeaderName = "X-Auth-Token", HeaderValue = new Secret("mF_9.B5f-4.1JqM"), AllowedOrigins = ["https://api.crm.example"] },
        new HandWrittenHeaderHandler("X-Auth-Token", "mF_9.B5f-4.1JqM"));
}
