using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>Signs in the connections of one copy of a client's handler, which belongs to one revision of one account. Safe for concurrent use.</summary>
internal sealed class NtlmSignIn(NtlmAccount account, NtlmHandshakeOptions options, SocketsHttpHandler handler, TimeProvider time, ILogger logger)
{
    // The user's own, which sees the connection first.
    private readonly Func<SocketsHttpPlaintextStreamFilterContext, CancellationToken, ValueTask<Stream>>? _userFilter = handler.PlaintextStreamFilter;

    // Whether the server was seen to leave a connection signed in. It is a setting of the server, so one look is enough.
    private volatile bool _isKnownToLast;

    /// <summary>Signs a new connection in, before its first request.</summary>
    /// <exception cref="AccountException">The server refused, or could not be asked. Whoever called closes the connection.</exception>
    public async ValueTask<Stream> SignInAsync(SocketsHttpPlaintextStreamFilterContext context, CancellationToken cancellationToken)
    {
        var stream = _userFilter is null ? context.PlaintextStream : await _userFilter(context, cancellationToken).ConfigureAwait(false);
        var message = context.InitialRequestMessage;
        var uri = message.RequestUri!;
        var host = uri.IdnHost;
        var refusal = new NtlmRefusal(account.Name, host, options);
        try
        {
            if (!Origin.TryCreate(uri, out var origin) || (!origin.IsHttps && IsProxied(uri)))
            {
                throw refusal.OverProxy();
            }

            // The bindings are the TLS session's, whatever the user's filter makes of it.
            var channelBindings = new byte[NtlmHash.Length];
            NtlmChannelBindings.Hash(context.PlaintextStream, channelBindings);
            var conversation = new NtlmConversation(stream, NtlmTarget.Of(message, origin), channelBindings, options, refusal);
            await SignInAsync(new NtlmHandshake(account, conversation, refusal, time), refusal, cancellationToken).ConfigureAwait(false);
            _isKnownToLast = true;
        }
        catch (AccountException exception)
        {
            // Whom it was opened for may have found another connection: then nobody else tells.
            logger.ConnectionNotSignedIn(account.Name, host, exception.GetType().Name);
            throw;
        }

        logger.ConnectionSignedIn(account.Name, host);
        return stream;
    }

    private async ValueTask SignInAsync(NtlmHandshake handshake, NtlmRefusal refusal, CancellationToken cancellationToken)
    {
        using var clock = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        try
        {
            await handshake.SignInAsync(_isKnownToLast, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The platform knows its own cancellation by its own token.
            cancellationToken.ThrowIfCancellationRequested();
            throw refusal.Silent();
        }
        catch (IOException)
        {
            throw refusal.Broke();
        }
    }

    // As the platform decides it (HttpConnectionPoolManager), a proxy that throws included.
    private bool IsProxied(Uri uri)
    {
        var proxy = handler.Proxy ?? HttpClient.DefaultProxy;
        return handler.UseProxy && !proxy.IsBypassed(uri) && proxy.GetProxy(uri) is { } address && address != uri;
    }
}
