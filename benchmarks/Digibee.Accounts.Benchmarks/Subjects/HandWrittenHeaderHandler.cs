namespace Digibee.Accounts;

/// <summary>The same for a header of another name.</summary>
internal sealed class HandWrittenHeaderHandler(string name, string value) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Add(name, value);
        return base.SendAsync(request, cancellationToken);
    }
}
