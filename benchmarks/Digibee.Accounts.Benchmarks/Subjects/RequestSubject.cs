using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>One request, sent by two clients of the factory over the same stub: one with an account, one with the handler that somebody would write by hand.</summary>
internal sealed class RequestSubject : IDisposable
{
    private static readonly Uri Resource = new("https://api.crm.example/orders/42");

    private readonly StubPrimaryHandler _primary = new();
    private readonly AccountsServices _ourServices;
    private readonly ServiceProvider _peerServices;
    private readonly HttpClient _ours;
    private readonly HttpClient _peer;

    public RequestSubject(Account account, DelegatingHandler handWritten)
    {
        _ourServices = new AccountsServices(services => Bare(services.AddHttpClient("ours")).UseAccount(account.Name));
        // A container of its own: AddDigibeeAccounts guards every client of its own.
        _peerServices = Bare(new ServiceCollection().AddHttpClient("peer")).AddHttpMessageHandler(() => handWritten).Services.BuildServiceProvider();
        try
        {
            _ourServices.Save(account);
            _ours = _ourServices.Get<IHttpClientFactory>().CreateClient("ours");
            _peer = _peerServices.GetRequiredService<IHttpClientFactory>().CreateClient("peer");

            // What has to be asked for once is at hand from here on.
            _ours.GetAsync(Resource).GetAwaiter().GetResult().Dispose();
            CheckBoth();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void SendOurs() => Send(_ours);

    public void SendPeer() => Send(_peer);

    public void Dispose()
    {
        _ours?.Dispose();
        _peer?.Dispose();
        _ourServices.Dispose();
        _peerServices.Dispose();
        _primary.Dispose();
    }

    // The factory's logging would be most of the time, and is the same for both.
    private IHttpClientBuilder Bare(IHttpClientBuilder builder) => builder.RemoveAllLoggers().ConfigurePrimaryHttpMessageHandler(() => _primary);

    private static void Send(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Resource);
        var sending = client.SendAsync(request);
        if (!sending.IsCompletedSuccessfully)
        {
            // Work that goes on elsewhere is not seen by this thread's clock.
            throw sending.Exception?.InnerException ?? new InvalidOperationException("The request did not complete on the thread that sent it.");
        }

        sending.Result.Dispose();
    }

    private void CheckBoth()
    {
        if (WhatGoesOut(_ours) != WhatGoesOut(_peer))
        {
            throw new InvalidOperationException("The account and the hand-written handler do not send the same message.");
        }
    }

    private string WhatGoesOut(HttpClient client)
    {
        var sent = "";
        _primary.Sending = request => sent = $"{request.Method} {request.RequestUri?.OriginalString}\n{request.Headers}";
        Send(client);
        _primary.Sending = null;
        return sent;
    }
}
