using System.Net;

namespace Digibee.Accounts;

/// <summary>A transport that answers at once, so that what is measured is what stands around it.</summary>
internal sealed class StubPrimaryHandler : HttpMessageHandler
{
    /// <summary>Gets or sets who looks at messages as they would go out; <see langword="null"/> while measuring.</summary>
    public Action<HttpRequestMessage>? Sending { get; set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Sending?.Invoke(request);
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
    }
}
