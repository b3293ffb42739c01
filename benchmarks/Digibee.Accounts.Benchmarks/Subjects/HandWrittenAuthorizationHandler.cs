using System.Net.Http.Headers;

namespace Digibee.Accounts;

/// <summary>The handler that every team writes: it assigns a ready-made header.</summary>
internal sealed class HandWrittenAuthorizationHandler(AuthenticationHeaderValue authorization) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = authorization;
        return base.SendAsync(request, cancellationToken);
    }
}
