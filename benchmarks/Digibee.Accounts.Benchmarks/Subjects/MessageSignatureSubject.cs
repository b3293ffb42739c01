using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>One request, signed by an account, and the same request without a signature beside the one operation that no signer can do without. Both over the same stub.</summary>
internal sealed class MessageSignatureSubject : IDisposable
{
    private static readonly Uri Resource = new("https://api.example/orders?open=1&page=2");

    private readonly StubPrimaryHandler _primary = new();
    private readonly AccountsServices _services;
    private readonly ServiceProvider _peerServices;
    private readonly HttpClient _ours;
    private readonly HttpClient _unsigned;
    private readonly Action<byte[]> _sign;
    private readonly byte[] _signatureBase;

    /// <param name="account">The account that signs.</param>
    /// <param name="sign">The one operation, with the same key.</param>
    public MessageSignatureSubject(Account account, Action<byte[]> sign)
    {
        _sign = sign;
        _services = new AccountsServices(services => Over(services.AddHttpClient("ours"), _primary).UseAccount(account.Name));
        var peers = new ServiceCollection();
        Over(peers.AddHttpClient("unsigned"), _primary);
        _peerServices = peers.BuildServiceProvider();
        _services.Save(account);
        _ours = _services.Get<IHttpClientFactory>().CreateClient("ours");
        _unsigned = _peerServices.GetRequiredService<IHttpClientFactory>().CreateClient("unsigned");
        _signatureBase = Encoding.ASCII.GetBytes(
            $"\"@method\": GET\n\"@authority\": api.example\n\"@path\": /orders\n\"@query\": ?open=1&page=2\n\"@signature-params\": (\"@method\" \"@authority\" \"@path\" \"@query\");created=1618884473;keyid=\"{account.Name}\"");
        Check();
    }

    public void SendOurs() => Send(_ours);

    public void SendFloor()
    {
        _sign(_signatureBase);
        Send(_unsigned);
    }

    public void Dispose()
    {
        _ours.Dispose();
        _unsigned.Dispose();
        _services.Dispose();
        _peerServices.Dispose();
        _primary.Dispose();
    }

    // The factory's logging would be most of the time, and is the same for both.
    private static IHttpClientBuilder Over(IHttpClientBuilder builder, HttpMessageHandler primary) => builder.RemoveAllLoggers().ConfigurePrimaryHttpMessageHandler(() => primary);

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

    private void Check()
    {
        var isSigned = false;
        _primary.Sending = request => isSigned = request.Headers.Contains("Signature") && request.Headers.Contains("Signature-Input");
        SendOurs();
        _primary.Sending = null;
        if (!isSigned)
        {
            throw new InvalidOperationException("The account does not sign the message.");
        }
    }
}
