using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Quickstart;

/// <summary>A service on a loopback port that takes four kinds of credential and refuses every other request.</summary>
internal sealed class CrmService : IAsyncDisposable
{
    private readonly WebApplication _application;

    private CrmService(WebApplication application) => _application = application;

    public string Origin => _application.Urls.Single();

    public string BearerToken { get; set; } = "first-token";

    public static async Task<CrmService> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");

        var service = new CrmService(application);
        application.MapGet("/orders", (HttpRequest request) => service.Accepts(request) ? Results.Ok() : Results.Unauthorized());
        await application.StartAsync();
        return service;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private bool Accepts(HttpRequest request) =>
        request.Headers.Authorization == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="   // RFC 7617's example: Aladdin, open sesame
        || request.Headers.Authorization == $"Bearer {BearerToken}"
        || request.Headers["X-Crm-Token"] == "abc/def+=="
        || request.Query["api_key"] == "k 4711";
}
