using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Web;

namespace Digibee.Accounts;

/// <summary>A token endpoint in memory: records what it is sent, and answers what a test says.</summary>
internal sealed class TestTokenEndpoint : HttpMessageHandler
{
    private readonly ConcurrentQueue<TestTokenRequest> _requests = new();

    public IReadOnlyList<TestTokenRequest> Requests => [.. _requests];

    /// <summary>Gets the one request that came.</summary>
    public TestTokenRequest Request => Requests.Should().ContainSingle().Subject;

    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Gets or sets the answer to a request; by default a bearer token with the number of the request, for an hour.</summary>
    public Func<TestTokenRequest, HttpResponseMessage> Answer { get; set; } = static request => Tokens($"token-{request.Number}");

    public static HttpResponseMessage Tokens(string accessToken, string more = """, "expires_in": 3600""") =>
        Json($$"""{"access_token": "{{accessToken}}", "token_type": "Bearer"{{more}}}""");

    public static HttpResponseMessage Error(string code, HttpStatusCode status = HttpStatusCode.BadRequest) => Json($$"""{"error": "{{code}}", "error_description": "c4n4ry"}""", status);

    public static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK, string type = "application/json") =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, type) };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var recorded = new TestTokenRequest(
            _requests.Count + 1,
            request.Method,
            request.RequestUri!,
            request.Headers.NonValidated.ToDictionary(static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            HttpUtility.ParseQueryString(body));
        _requests.Enqueue(recorded);
        await Gate.WaitAsync(cancellationToken);
        return Answer(recorded);
    }
}
