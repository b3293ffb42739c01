using System.Net;
using System.Runtime.CompilerServices;

namespace Digibee.Accounts;

/// <summary>Takes over the user's primary handler: redirects, cookies and its own credentials become ours or are refused.</summary>
internal static class PrimaryHandler
{
    // A handler may serve several clients, and the factory wraps the same one again when its own handlers have aged: the second time, the user's wish is gone from the handler.
    private static readonly ConditionalWeakTable<HttpMessageHandler, RedirectPolicy> Wishes = [];

    // Whose session a cookie jar holds: two handlers may share one.
    private static readonly ConditionalWeakTable<CookieContainer, JarOwner> Jars = [];

    public static RedirectPolicy TakeOver(HttpMessageHandler handler, AccountClient client) => Innermost(handler, client) switch
    {
        SocketsHttpHandler sockets => TakeOver(sockets, client),
        HttpClientHandler classic => TakeOver(classic, client),
        // A test's stub, or a transport of the user's own: it answers for itself.
        _ => RedirectPolicy.Return,
    };

    /// <summary>Looks once more, just before the first send: until then the handler's settings, and what stands below it, can still be changed.</summary>
    /// <exception cref="AccountUnavailableException">Redirects, cookies or credentials were switched on behind our back.</exception>
    public static void Verify(HttpMessageHandler handler, AccountClient client)
    {
        var mayKeepCookies = client.Options.UseCookies;
        var isAsTakenOver = Innermost(handler, client) switch
        {
            SocketsHttpHandler sockets => !sockets.AllowAutoRedirect && (mayKeepCookies || !sockets.UseCookies) && sockets.Credentials is null && !sockets.PreAuthenticate,
            HttpClientHandler classic => !classic.AllowAutoRedirect && (mayKeepCookies || !classic.UseCookies)
                && classic.Credentials is null && !classic.PreAuthenticate && !classic.UseDefaultCredentials,
            _ => true,
        };
        if (!isAsTakenOver)
        {
            throw new AccountUnavailableException(
                accountName: null,
                $"The primary handler of HTTP client '{client.Name}' was changed after it was taken over: AllowAutoRedirect, UseCookies or Credentials are on. Set it up before, and leave it alone then.",
                isTransient: false);
        }
    }

    private static HttpMessageHandler Innermost(HttpMessageHandler handler, AccountClient client)
    {
        var innermost = handler;
        while (innermost is DelegatingHandler delegating)
        {
            // The lower one would follow a redirect with what the upper one has put on, for all it knows the caller's own.
            if (innermost is AccountHandler)
            {
                throw new InvalidOperationException($"The primary handler of HTTP client '{client.Name}' applies accounts already. Name all accounts of a client in one call.");
            }

            // What is put there later, nobody would take over.
            innermost = delegating.InnerHandler ?? throw new InvalidOperationException(
                $"The primary handler of HTTP client '{client.Name}' is not finished: a {innermost.GetType().Name} in it has no inner handler. Set its InnerHandler first.");
        }

        return innermost;
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
        ClaimJar(handler.UseCookies ? handler.CookieContainer : null, client);
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
        ClaimJar(handler.UseCookies ? handler.CookieContainer : null, client);
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

    private static void ClaimJar(CookieContainer? jar, AccountClient client)
    {
        if (jar is null)
        {
            return;
        }

        var claimant = new JarOwner(client.Source, client.Accounts[0].Name);
        var owner = Jars.GetValue(jar, _ => claimant);
        if (owner != claimant)
        {
            throw new InvalidOperationException(
                $"HTTP client '{client.Name}' keeps its cookies in a container that already holds those of account '{owner.AccountName}': a session cookie of one would go out with another. Give it a CookieContainer of its own.");
        }
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

    private sealed record JarOwner(IAccountSource Source, string AccountName);
}
