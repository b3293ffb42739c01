using System.Runtime.CompilerServices;

namespace Digibee.Accounts;

/// <summary>Takes over the user's primary handler: redirects, cookies and its own credentials become ours or are refused.</summary>
internal static class PrimaryHandler
{
    // A handler may serve several clients, and the factory wraps the same one again when its own handlers have aged: the second time, the user's wish is gone from the handler.
    private static readonly ConditionalWeakTable<HttpMessageHandler, RedirectPolicy> Wishes = [];

    public static RedirectPolicy TakeOver(HttpMessageHandler handler, AccountClient client)
    {
        var innermost = handler;
        while (innermost is DelegatingHandler { InnerHandler: { } inner })
        {
            // The lower one would follow a redirect with what the upper one has put on, for all it knows the caller's own.
            innermost = innermost is not AccountHandler ? inner : throw new InvalidOperationException(
                $"The primary handler of HTTP client '{client.Name}' applies accounts already. Name all accounts of a client in one call.");
        }

        return innermost switch
        {
            SocketsHttpHandler sockets => TakeOver(sockets, client),
            HttpClientHandler classic => TakeOver(classic, client),
            // A test's stub, or a transport of the user's own: it answers for itself.
            _ => RedirectPolicy.Return,
        };
    }

    private static RedirectPolicy TakeOver(SocketsHttpHandler handler, AccountClient client)
    {
        if (handler.Credentials is not null || handler.PreAuthenticate)
        {
            throw OwnCredentials(client, "new SocketsHttpHandler { Credentials = null, PreAuthenticate = false }");
        }

        var policy = Remember(handler, handler.AllowAutoRedirect, handler.MaxAutomaticRedirections);
        SwitchOff(handler.AllowAutoRedirect, () => handler.AllowAutoRedirect = false, handler, client);
        SwitchOff(handler.UseCookies && !client.Options.UseCookies, () => handler.UseCookies = false, handler, client);
        return policy;
    }

    private static RedirectPolicy TakeOver(HttpClientHandler handler, AccountClient client)
    {
        if (handler.Credentials is not null || handler.PreAuthenticate || handler.UseDefaultCredentials)
        {
            throw OwnCredentials(client, "new HttpClientHandler { Credentials = null, PreAuthenticate = false, UseDefaultCredentials = false }");
        }

        var policy = Remember(handler, handler.AllowAutoRedirect, handler.MaxAutomaticRedirections);
        SwitchOff(handler.AllowAutoRedirect, () => handler.AllowAutoRedirect = false, handler, client);
        SwitchOff(handler.UseCookies && !client.Options.UseCookies, () => handler.UseCookies = false, handler, client);
        return policy;
    }

    private static RedirectPolicy Remember(HttpMessageHandler handler, bool follow, int limit)
    {
        if (follow)
        {
            Wishes.AddOrUpdate(handler, new RedirectPolicy(follow, limit));
        }

        return Wishes.TryGetValue(handler, out var wish) ? wish : RedirectPolicy.Return;
    }

    // A handler that has sent is frozen; one that has both off already can be taken as it is.
    private static void SwitchOff(bool isOn, Action switchOff, HttpMessageHandler handler, AccountClient client)
    {
        if (!isOn)
        {
            return;
        }

        try
        {
            switchOff();
        }
        catch (InvalidOperationException exception) when (exception is not ObjectDisposedException)
        {
            throw new InvalidOperationException(
                $"The primary handler of HTTP client '{client.Name}' has already sent a request with AllowAutoRedirect or UseCookies on, so they cannot be switched off any more. "
                + $"Give the client a handler of its own: new {handler.GetType().Name} {{ AllowAutoRedirect = false, UseCookies = false }}.");
        }
    }

    private static InvalidOperationException OwnCredentials(AccountClient client, string line) => new(
        $"The primary handler of HTTP client '{client.Name}' has credentials of its own, which would answer for every account. Take them out ({line}) and save them as an account.");
}
