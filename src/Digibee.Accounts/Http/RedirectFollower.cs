namespace Digibee.Accounts;

/// <summary>Decides whether and how a redirect is followed, and which accounts come along.</summary>
internal sealed class RedirectFollower(RedirectPolicy policy, AccountClient client)
{
    /// <summary>Turns the message to a redirect's target; <see langword="false"/> when the caller gets the redirect itself.</summary>
    /// <param name="message">The message as it was sent, with nothing of an account on it.</param>
    /// <param name="response">The answer.</param>
    /// <param name="accounts">The accounts that were on; those that do not go to the target are taken off for good.</param>
    /// <param name="isReplayable">Whether the message's body can be sent again.</param>
    /// <param name="chain">The hops so far; made at the first.</param>
    public bool TryFollow(HttpRequestMessage message, HttpResponseMessage response, MessageAccounts accounts, bool isReplayable, ref RedirectChain? chain)
    {
        if (!policy.Follow || RedirectTarget.Find(message.RequestUri!, response) is not { } target || (chain?.Count ?? 0) >= policy.Limit)
        {
            return false;
        }

        // User information in a Location is not followed: nobody who redirects honestly writes it.
        if (!Origin.TryCreate(message.RequestUri, out var from) || !Origin.TryCreate(target, out var to))
        {
            return false;
        }

        var first = chain?.FirstOrigin ?? from;
        var hadAccounts = chain?.HadAccounts ?? !accounts.IsEmpty;
        if (message.Content is not null && !RedirectTarget.BecomesGet(message.Method, response.StatusCode))
        {
            var mayReceive = message.Content is not AccountExpressionContent || to == first;
            mayReceive &= !hadAccounts || to == first || client.Options.SendContentToUnlistedOrigins || (!accounts.IsEmpty && accounts.AreAllListed(to));
            if (!isReplayable || !mayReceive)
            {
                client.Logger.RedirectReturned(client.Name);
                return false;
            }
        }

        if (to != first && LeavesUnchecked(accounts, to))
        {
            client.Logger.RedirectReturned(client.Name);
            return false;
        }

        chain ??= new RedirectChain(message, first, hadAccounts);
        target = accounts.WithoutQueryParameters(target);
        if (to != first)
        {
            accounts.KeepListed(to);
        }

        chain.Follow(target, response.StatusCode, sameOrigin: to == from, accounts.HeaderNames);
        return true;
    }

    // What comes from there would reach a caller who counts on it being checked.
    private bool LeavesUnchecked(MessageAccounts accounts, in Origin origin)
    {
        for (var account = accounts.First; account is not null; account = account.Next)
        {
            if (account.ChecksAnswers && !OriginCheck.IsListed(account, client.Options.Origins, origin))
            {
                return true;
            }
        }

        return false;
    }
}
