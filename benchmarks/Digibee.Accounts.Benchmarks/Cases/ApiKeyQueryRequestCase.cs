namespace Digibee.Accounts;

/// <summary>A request with a key in its query.</summary>
internal sealed class ApiKeyQueryRequestCase() : RequestCase("API key query request")
{
    protected override RequestSubject CreateSubject() => new(
        new ApiKeyAccount { Name = "crm", ParameterName = "api_key", Key = new Secret("mF_9.B5f-4.1JqM"), Placement = ApiKeyPlacement.Query, AllowedOrigins = ["https://api.crm.example"] },
        new HandWrittenQueryHandler("api_key=mF_9.B5f-4.1JqM"));
}
