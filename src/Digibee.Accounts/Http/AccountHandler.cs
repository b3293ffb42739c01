namespace Digibee.Accounts;

/// <summary>Applies accounts to each message on its way, and takes them off again. It wraps the client's primary handler, so everything the user added stands outside.</summary>
/// <remarks>It holds names, never values: each message asks the vault. Safe for concurrent use.</remarks>
internal sealed class AccountHandler : DelegatingHandler
{
    private readonly AccountPipeline _pipeline;
    private readonly AccountClient _client;
    private readonly RedirectFollower _redirects;

    public AccountHandler(AccountPipeline pipeline, AccountClient client, HttpMessageHandler primaryHandler)
        : base(primaryHandler)
    {
        _pipeline = pipeline;
        _client = client;
        _redirects = new RedirectFollower(PrimaryHandler.TakeOver(primaryHandler, client), client, pipeline.Logger);
    }

    // A handler with SendAsync alone is passed over by HttpClient.Send: the message would go out bare.
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        SendAsync(request, async: false, cancellationToken).GetAwaiter().GetResult();

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        SendAsync(request, async: true, cancellationToken);

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, bool async, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var accounts = new MessageAccounts(_pipeline, _client, message);
        await accounts.OpenAsync(async, cancellationToken).ConfigureAwait(false);

        // Judged now: after the first send the body may be used up. Send never repeats.
        var isReplayable = ReplayableContent.Is(message);
        var mayRepeat = async && isReplayable;
        RedirectChain? chain = null;
        HttpResponseMessage? answer = null;
        try
        {
            while (true)
            {
                var (response, verdict) = await SendOnceAsync(message, accounts, async, cancellationToken).ConfigureAwait(false);
                if (verdict == AccountVerdict.Repeat && mayRepeat)
                {
                    mayRepeat = false;
                    _pipeline.Logger.RequestRepeated(accounts.FirstName, (int)response.StatusCode);
                    response.Dispose();
                    await accounts.ReopenAsync(async, cancellationToken).ConfigureAwait(false);
                }
                else if (_redirects.TryFollow(message, response, accounts, isReplayable, ref chain))
                {
                    response.Dispose();
                }
                else
                {
                    return answer = Conclude(response, accounts);
                }
            }
        }
        finally
        {
            chain?.Restore(answer);
        }
    }

    private async ValueTask<(HttpResponseMessage Response, AccountVerdict Verdict)> SendOnceAsync(
        HttpRequestMessage message, MessageAccounts accounts, bool async, CancellationToken cancellationToken)
    {
        HttpResponseMessage? response = null;
        try
        {
            await accounts.ApplyAsync(async, cancellationToken).ConfigureAwait(false);
            response = async ? await base.SendAsync(message, cancellationToken).ConfigureAwait(false) : base.Send(message, cancellationToken);
            return (response, await accounts.ReviewAsync(response, async, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            response?.Dispose();
            throw;
        }
        finally
        {
            accounts.TakeOff();
        }
    }

    private HttpResponseMessage Conclude(HttpResponseMessage response, MessageAccounts accounts)
    {
        if (accounts.IsEmpty || !response.IsRefusal())
        {
            return response;
        }

        var refusal = AccountRefusal.Of(response, accounts.Names);
        _pipeline.Logger.AccountRefused(accounts.FirstName, (int)response.StatusCode, refusal.Reason);
        if (!_client.Options.ThrowOnRefusal)
        {
            response.SetAccountRefusal(refusal);
            return response;
        }

        response.Dispose();
        throw new AccountAuthenticationException(accounts.FirstName, $"The server refused account '{accounts.FirstName}': {refusal.Reason}");
    }
}
