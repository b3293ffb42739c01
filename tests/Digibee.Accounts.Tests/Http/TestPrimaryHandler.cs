using System.Net;

namespace Digibee.Accounts;

/// <summary>A primary handler that is no socket: for failures that a real server cannot be made to show, and to look at the message while it is "on the wire".</summary>
internal sealed class TestPrimaryHandler(Func<HttpRequestMessage, HttpResponseMessage>? answer = null) : HttpMessageHandler
{
    public int Sent { get; private set; }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Sent++;
        return answer?.Invoke(request) ?? new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request };
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(Send(request, cancellationToken));
}
