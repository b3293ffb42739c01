namespace Digibee.Accounts;

/// <summary>A handler of the user's, as AddHttpMessageHandler puts it: it sees the message before and after, and must see nothing of an account.</summary>
internal sealed class OuterHandler(List<string> seen) : DelegatingHandler
{
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        SeeAsync(request, () => Task.FromResult(base.Send(request, cancellationToken))).GetAwaiter().GetResult();

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        SeeAsync(request, () => base.SendAsync(request, cancellationToken));

    private async Task<HttpResponseMessage> SeeAsync(HttpRequestMessage request, Func<Task<HttpResponseMessage>> send)
    {
        seen.Add(request.ToString());
        var response = await send();
        seen.Add(request.ToString());
        seen.Add(response.ToString() + response.RequestMessage);
        return response;
    }
}
