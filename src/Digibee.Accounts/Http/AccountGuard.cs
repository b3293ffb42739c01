namespace Digibee.Accounts;

/// <summary>Stands outermost in every client of the factory and refuses to send when an account was asked for and no <see cref="AccountHandler"/> stands below: somebody replaced the primary handler.</summary>
internal sealed class AccountGuard(string clientName, bool clientUsesAccounts) : DelegatingHandler
{
    // Only ever set: the factory builds the chain after the guard, and then it stays.
    private volatile bool _isGuarded;

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Check(request);
        return base.Send(request, cancellationToken);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Check(request);
        return base.SendAsync(request, cancellationToken);
    }

    private void Check(HttpRequestMessage request)
    {
        if (_isGuarded)
        {
            return;
        }

        if (HasAccountHandler())
        {
            _isGuarded = true;
        }
        else if (clientUsesAccounts || AccountSelection.IsOn(request))
        {
            throw new AccountUnavailableException(
                AccountSelection.Peek(request)?.Accounts?.FirstOrDefault()?.Name,
                $"HTTP client '{clientName}' has no account handler, so nothing was sent. "
                + (clientUsesAccounts
                    ? "Something replaced its primary handler after UseAccount had wrapped it: replace it with ConfigurePrimaryHttpMessageHandler."
                    : "Set it up with UseAccount, or with UseAccounts() to choose accounts for each request."),
                isTransient: false);
        }
    }

    private bool HasAccountHandler()
    {
        for (var handler = InnerHandler; handler is DelegatingHandler delegating; handler = delegating.InnerHandler)
        {
            if (delegating is AccountHandler)
            {
                return true;
            }
        }

        return false;
    }
}
