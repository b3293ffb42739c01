namespace Digibee.Accounts;

/// <summary>The same for a query parameter, written without regard for a query that is there already.</summary>
internal sealed class HandWrittenQueryHandler(string parameter) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.RequestUri = new Uri($"{request.RequestUri!.OriginalString}?{parameter}");
        return base.SendAsync(request, cancellationToken);
    }
}
