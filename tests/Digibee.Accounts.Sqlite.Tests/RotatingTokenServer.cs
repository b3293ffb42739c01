using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>A token endpoint over real sockets that takes each refresh token once.</summary>
internal sealed class RotatingTokenServer : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<string> _exchanged = new();
    private readonly ConcurrentDictionary<string, bool> _consumed = new(StringComparer.Ordinal);

    private RotatingTokenServer(WebApplication server) => _server = server;

    public Uri Endpoint => new($"{_server.Urls.Single()}/token");

    /// <summary>Gets the refresh tokens that were handed in, in order, taken or not.</summary>
    public IReadOnlyList<string> Exchanged => [.. _exchanged];

    /// <summary>Gets or sets what an answer waits for.</summary>
    public Func<Task> Gate { get; set; } = static () => Task.CompletedTask;

    public static async Task<RotatingTokenServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new RotatingTokenServer(app);
        app.MapPost("/token", server.ExchangeAsync);
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ExchangeAsync(HttpContext context)
    {
        var refreshToken = (await context.Request.ReadFormAsync())["refresh_token"].ToString();
        _exchanged.Enqueue(refreshToken);
        var number = _exchanged.Count;
        await Gate();
        var isTaken = _consumed.TryAdd(refreshToken, true);
        context.Response.StatusCode = isTaken ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(isTaken
            ? $$"""{"access_token":"a{{number}}","token_type":"Bearer","expires_in":3600,"refresh_token":"r{{number}}"}"""
            : """{"error":"invalid_grant"}""");
    }
}
