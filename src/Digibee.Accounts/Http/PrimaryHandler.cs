namespace Digibee.Accounts;

/// <summary>Takes over the user's primary handler: redirects, cookies and its own credentials become ours or are refused.</summary>
internal static class PrimaryHandler
{
    public static RedirectPolicy TakeOver(HttpMessageHandler handler, AccountClient client)
    {
        var innermost = handler;
        while (innermost is DelegatingHandler { InnerHandler: { } inner })
        {
            innermost = inner;
        }

        return innermost switch
        {
            SocketsHttpHandler sockets => TakeOver(sockets, client),
            HttpClientHandler classic => TakeOver(classic, client),
            // A test's stub, or a transport of the user's own: it answers for itself.
            _ => default,
        };
    }

    private static RedirectPolicy TakeOver(SocketsHttpHandler handler, AccountClient client)
    {
        if (handler.Credentials is not null || handler.PreAuthenticate)
        {
            throw OwnCredentials(client, "new SocketsHttpHandler { Credentials = null, PreAuthenticate = false }");
        }

        var policy = new RedirectPolicy(handler.AllowAutoRedirect, handler.MaxAutomaticRedirections);
        try
        {
            // A handler that has sent is frozen; one that has both off already can be taken as it is.
            if (handler.AllowAutoRedirect)
            {
                handler.AllowAutoRedirect = false;
            }

            if (handler.UseCookies && !client.Options.UseCookies)
            {
                handler.UseCookies = false;
            }
        }
        catch (InvalidOperationException)
        {
            throw AlreadyUsed(client, nameof(SocketsHttpHandler));
        }

        return policy;
    }

    private static RedirectPolicy TakeOver(HttpClientHandler handler, AccountClient client)
    {
        if (handler.Credentials is not null || handler.PreAuthenticate || handler.UseDefaultCredentials)
        {
            throw OwnCredentials(client, "new HttpClientHandler { Credentials = null, PreAuthenticate = false, UseDefaultCredentials = false }");
        }

        var policy = new RedirectPolicy(handler.AllowAutoRedirect, handler.MaxAutomaticRedirections);
        try
        {
            if (handler.AllowAutoRedirect)
            {
                handler.AllowAutoRedirect = false;
            }

            if (handler.UseCookies && !client.Options.UseCookies)
            {
                handler.UseCookies = false;
            }
        }
        catch (InvalidOperationException)
        {
            throw AlreadyUsed(client, nameof(HttpClientHandler));
        }

        return policy;
    }

    private static InvalidOperationException OwnCredentials(AccountClient client, string line) => new(
        $"The primary handler of HTTP client '{client.Name}' has credentials of its own, which would answer for every account. Take them out ({line}) and save them as an account.");

    private static InvalidOperationException AlreadyUsed(AccountClient client, string type) => new(
        $"The primary handler of HTTP client '{client.Name}' has already sent a request with AllowAutoRedirect or UseCookies on, so they cannot be switched off any more. "
        + $"Give the client a handler of its own: new {type} {{ AllowAutoRedirect = false, UseCookies = false }}.");
}
