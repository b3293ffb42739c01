using System.Net;

namespace Digibee.Accounts;

/// <summary>Answers 200 to everything and remembers the credential as it would go out.</summary>
internal sealed class RecordingTransport : HttpMessageHandler
{
    public string? LastAuthorization { get; private set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        LastAuthorization = request.Headers.Authorization?.ToString();
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request });
    }
}
