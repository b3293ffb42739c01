namespace Digibee.Accounts;

/// <summary>Applies accounts to each message on its way, and takes them off again. It wraps the client's primary handler, so everything the user added stands outside.</summary>
/// <remarks>It holds names, never values: each message asks the vault. Safe for concurrent use.</remarks>
internal sealed class AccountHandler : DelegatingHandler
{
    private readonly AccountClient _client;
    private readonly AccountConnections _connections;
    private readonly RedirectFollower _redirects;

    // What stands below is frozen by its first send, so that one look just before it is enough.
    private volatile bool _isVerified;

    public AccountHandler(AccountClient client, HttpMessageHandler primaryHandler)
        : base(primaryHandler)
    {
        _client = client;
        _connections = new AccountConnections(client, primaryHandler);
        _redirects = new RedirectFollower(PrimaryHandler.TakeOver(primaryHandler, client), client);
    }

    // A handler with SendAsync alone is passed over by HttpClient.Send: the message would go out bare.
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        SendAsync(request, async: false, cancellationToken).GetAwaiter().GetResult();

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        SendAsync(request, async: true, cancellationToken);

    // One method and not one for each step: each would cost every request a state machine of its own.
    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, bool async, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var accounts = new MessageAccounts(_client, message);
        RedirectChain? chain = null;
        HttpResponseMessage? response = null;
        try
        {
            await accounts.OpenAsync(async, cancellationToken).ConfigureAwait(false);
            VerifyOnce();
            accounts.BeginSend();

            // Judged now: after the first send the body may be used up. Send never repeats.
            var isReplayable = ReplayableContent.Is(message);
            var mayRepeat = async && isReplayable;
            while (true)
            {
                AccountVerdict verdict;
                AccountConnection? connection = null;
                try
                {
                    await accounts.ApplyAsync(async, cancellationToken).ConfigureAwait(false);
                    connection = _connections.Rent(accounts.First);
                    response = await SendBelowAsync(connection, message, async, cancellationToken).ConfigureAwait(false);
                    verdict = await accounts.ReviewAsync(response, async, cancellationToken).ConfigureAwait(false);
                }
                finally
                {
                    connection?.Return();
                    accounts.TakeOff();
                }

                if (verdict == AccountVerdict.Repeat && mayRepeat)
                {
                    mayRepeat = false;
                    _client.Logger.RequestRepeated(accounts.FirstName, (int)response.StatusCode);
                    response.Dispose();
                    await accounts.ReopenAsync(async, cancellationToken).ConfigureAwait(false);
                }
                else if (_redirects.TryFollow(message, response, accounts, isReplayable, ref chain))
                {
                    // What is left of its body is drained, so that the connection can be used again.
                    response.Dispose();
                }
                else
                {
                    Detach(response, message, accounts, isRedirected: chain is not null);
                    return Conclude(response, accounts);
                }
            }
        }
        catch (Exception exception)
        {
            response?.Dispose();
            AccountConnection.ThrowIfRefused(exception);
            throw;
        }
        finally
        {
            GiveBack(accounts, chain);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _connections.Dispose();
        }

        base.Dispose(disposing);
    }

    private ValueTask<HttpResponseMessage> SendBelowAsync(AccountConnection? connection, HttpRequestMessage message, bool async, CancellationToken cancellationToken)
    {
        if (connection is not null)
        {
            return connection.SendAsync(message, async, cancellationToken);
        }

        return async ? new(base.SendAsync(message, cancellationToken)) : new(base.Send(message, cancellationToken));
    }

    private static void GiveBack(MessageAccounts accounts, RedirectChain? chain)
    {
        try
        {
            chain?.Restore();
        }
        finally
        {
            accounts.EndSend();
        }
    }

    private void VerifyOnce()
    {
        if (!_isVerified)
        {
            PrimaryHandler.Verify(InnerHandler!, _client);
            _isVerified = true;
        }
    }

    // The caller's message goes back to what it was before the redirects; and a handler below that sent a copy would hand out what we put on it.
    private static void Detach(HttpResponseMessage response, HttpRequestMessage message, MessageAccounts accounts, bool isRedirected)
    {
        var sent = isRedirected ? message : response.RequestMessage;
        if (isRedirected || (sent is not null && sent != message && !accounts.IsEmpty))
        {
            var uri = sent!.RequestUri is { IsAbsoluteUri: true } absolute ? accounts.WithoutQueryParameters(absolute) : sent.RequestUri;
            response.RequestMessage = new HttpRequestMessage(sent.Method, uri) { Version = sent.Version, VersionPolicy = sent.VersionPolicy };
        }
    }

    private HttpResponseMessage Conclude(HttpResponseMessage response, MessageAccounts accounts)
    {
        if (accounts.IsEmpty || !response.IsRefusal())
        {
            return response;
        }

        _client.NoteRefusal(accounts.First);
        var refusal = AccountRefusal.Of(response, accounts.Names, accounts.Explanation);
        _client.Logger.AccountRefused(accounts.FirstName, (int)response.StatusCode, refusal.Reason);
        if (_client.Options.ThrowOnRefusal)
        {
            throw new AccountAuthenticationException(accounts.FirstName, $"The server refused account '{accounts.FirstName}': {refusal.Reason}");
        }

        response.SetAccountRefusal(refusal);
        return response;
    }
}
