using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>Signs in the connections of one copy of a client's handler, which belongs to one revision of one account and leads to one server. Safe for concurrent use.</summary>
internal sealed class NtlmSignIn(
    NtlmAccount account, ConnectionTarget target, NtlmHandshakeOptions options, SocketsHttpHandler handler, NtlmAttempts attempts, TimeProvider time, ILogger logger)
{
    // The user's own, which sees the connection first.
    private readonly Func<SocketsHttpPlaintextStreamFilterContext, CancellationToken, ValueTask<Stream>>? _userFilter = handler.PlaintextStreamFilter;

    private readonly NtlmRefusal _refusal = new(account.Name, target.Origin.Host, options);

    /// <summary>Signs a new connection in, before its first request.</summary>
    /// <exception cref="AccountException">The server refused, or could not be asked. Whoever called closes the connection.</exception>
    public async ValueTask<Stream> SignInAsync(SocketsHttpPlaintextStreamFilterContext context, CancellationToken cancellationToken)
    {
        var stream = _userFilter is null ? context.PlaintextStream : await _userFilter(context, cancellationToken).ConfigureAwait(false);
        if (context.InitialRequestMessage.Method == HttpMethod.Connect)
        {
            // The platform's own message to a proxy: the tunnel comes here again, as the connection to the server.
            return stream;
        }

        try
        {
            // By the target and never by the message that the connection is opened for: another connection may have taken that, and a redirect may have turned it to another server.
            if (!target.Origin.IsHttps && IsProxied())
            {
                throw _refusal.OverProxy();
            }

            // The bindings are the TLS session's, whatever the user's filter makes of it.
            var channelBindings = new byte[NtlmHash.Length];
            NtlmChannelBindings.Hash(context.PlaintextStream, channelBindings);
            var conversation = new NtlmConversation(stream, NtlmTarget.Of(target), channelBindings, options, _refusal);
            var handshake = new NtlmHandshake(account, conversation, _refusal, attempts, time);
            await attempts.RunAsync(token => SignInAsync(handshake, token), cancellationToken).ConfigureAwait(false);
        }
        catch (AccountException exception)
        {
            // Whom it was opened for may have found another connection: then nobody else tells.
            logger.ConnectionNotSignedIn(account.Name, target.Origin.Host, exception.GetType().Name);
            throw;
        }

        logger.ConnectionSignedIn(account.Name, target.Origin.Host);
        return stream;
    }

    private async ValueTask<AccountAuthenticationException?> SignInAsync(NtlmHandshake handshake, CancellationToken cancellationToken)
    {
        using var clock = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        try
        {
            return await handshake.SignInAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The platform knows its own cancellation by its own token.
            cancellationToken.ThrowIfCancellationRequested();
            throw _refusal.Silent();
        }
        catch (IOException)
        {
            throw _refusal.Broke();
        }
    }

    // As the platform decides it (HttpConnectionPoolManager), a proxy that throws included.
    private bool IsProxied()
    {
        var uri = new Uri($"{target.Origin}/");
        var proxy = handler.Proxy ?? HttpClient.DefaultProxy;
        return handler.UseProxy && !proxy.IsBypassed(uri) && proxy.GetProxy(uri) is { } address && address != uri;
    }
}
