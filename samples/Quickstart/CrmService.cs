using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Quickstart;

/// <summary>A service on a loopback port. Each of its paths takes one kind of credential, which it checks without the library, and refuses every other request.</summary>
internal sealed class CrmService : IAsyncDisposable
{
    private readonly WebApplication _application;
    private int _requests;

    private CrmService(WebApplication application) => _application = application;

    public string Origin => _application.Urls.Single();

    /// <summary>Gets the tokens that are good now: two of them while one takes the other's place.</summary>
    public ConcurrentDictionary<string, bool> Tokens { get; } = new(StringComparer.Ordinal) { [Samples.FirstToken] = true };

    /// <summary>Gets how many requests came in.</summary>
    public int Requests => Volatile.Read(ref _requests);

    public static async Task<CrmService> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");

        var service = new CrmService(application);
        service.Map("/api-key", static request => request.QueryString.Value == "?api_key=k%204711%20%C3%BC%26%3D%2B");
        service.Map("/aws", AwsSignature.IsGood);
        service.Map("/basic", static request => request.Headers.Authorization == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");   // RFC 7617's example
        service.Map("/header", static request => request.Headers["X-Crm-Token"] == "abc/def+==");
        service.Map("/bearer", request => request.Headers.Authorization is [['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var token]] && service.Tokens.ContainsKey(token));
        await application.StartAsync();
        return service;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private void Map(string path, Func<HttpRequest, bool> accepts) => _application.MapGet(path, (HttpRequest request) =>
    {
        Interlocked.Increment(ref _requests);
        return accepts(request) ? Results.Ok() : Results.Unauthorized();
    });
}
