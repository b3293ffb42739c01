using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>Signs each connection in before the first request goes over it. The requests themselves carry nothing.</summary>
/// <remarks>Defined by MS-NTHT: the sign-in holds for the connection, so it takes HTTP/1.1, and connections that nobody else uses.</remarks>
internal sealed class NtlmAuthenticator(TimeProvider time, ILogger<AccountHandler> logger) : IAccountConnectionAuthenticator<NtlmAccount>
{
    public ConnectionPart Part => ConnectionPart.SignIn;

    public bool RequiresHttp11 => true;

    public ValueTask AuthenticateAsync(AccountRequest request, NtlmAccount account, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public IDisposable? Configure(SocketsHttpHandler handler, OpenedAccount opened, NtlmAccount account, ConnectionTarget? target, AccountClientOptions options)
    {
        var attempts = opened.GetOrAddState(_ => new NtlmServers(time)).At(target!.Value, options.NtlmHandshake);
        handler.PlaintextStreamFilter = new NtlmSignIn(account, target.Value, options.NtlmHandshake, handler, attempts, time, logger).SignInAsync;
        return null;
    }
}
