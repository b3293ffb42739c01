using System.Net;
using System.Net.Http.Headers;

namespace Digibee.Accounts;

/// <summary>Follows redirects on one message as <see cref="SocketsHttpHandler"/> would have, and gives the caller the message back as it was.</summary>
internal sealed class RedirectChain(HttpRequestMessage message, Origin firstOrigin, bool hadAccounts)
{
    // What the caller wrote for the first origin. Authorization goes on every hop, as in the framework; the others when the origin changes.
    private static readonly string[] BoundToTheOrigin = ["Authorization", "Cookie", "Host", "Proxy-Authorization"];

    private readonly Uri _uri = message.RequestUri!;
    private readonly HttpMethod _method = message.Method;
    private readonly HttpContent? _content = message.Content;
    private readonly bool? _chunked = message.Headers.TransferEncodingChunked;
    private readonly (string Name, string[] Values)[] _headers = Copy(message.Headers);

    public int Count { get; private set; }

    public Origin FirstOrigin { get; } = firstOrigin;

    /// <summary>Gets whether the first request carried an account, so that its body counts as meant for the accounts' origins.</summary>
    public bool HadAccounts { get; } = hadAccounts;

    /// <summary>Gives where a response sends the caller, or <see langword="null"/> when it is not a redirect that is followed.</summary>
    public static Uri? Target(HttpRequestMessage message, HttpResponseMessage response)
    {
        if (response.StatusCode is not (HttpStatusCode.MultipleChoices or HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
            || response.Headers.Location is not { } location)
        {
            return null;
        }

        var from = message.RequestUri!;
        if (!location.IsAbsoluteUri)
        {
            location = new Uri(from, location);
        }

        if (from.Fragment.Length > 0 && location.Fragment.Length == 0)
        {
            location = new UriBuilder(location) { Fragment = from.Fragment }.Uri;
        }

        // Never from https to http, and nothing but those two.
        return location.Scheme == Uri.UriSchemeHttps || (location.Scheme == Uri.UriSchemeHttp && from.Scheme == Uri.UriSchemeHttp) ? location : null;
    }

    /// <summary>Tells whether the method becomes GET, and the body goes away with it.</summary>
    public static bool BecomesGet(HttpMethod method, HttpStatusCode status) => status switch
    {
        HttpStatusCode.MultipleChoices or HttpStatusCode.Moved or HttpStatusCode.Found => method == HttpMethod.Post,
        HttpStatusCode.SeeOther => method != HttpMethod.Get && method != HttpMethod.Head,
        _ => false,
    };

    public void Follow(Uri target, HttpStatusCode status, bool sameOrigin)
    {
        Count++;
        message.RequestUri = target;
        if (BecomesGet(message.Method, status))
        {
            message.Method = HttpMethod.Get;
            message.Content = null;
            message.Headers.TransferEncodingChunked = message.Headers.TransferEncodingChunked is true ? false : null;
        }

        foreach (var name in sameOrigin ? BoundToTheOrigin.AsSpan(0, 1) : BoundToTheOrigin)
        {
            message.Headers.Remove(name);
        }
    }

    /// <summary>Gives the caller's message back, and the response a bare message that tells where it came from.</summary>
    public void Restore(HttpResponseMessage? response)
    {
        if (response is not null)
        {
            response.RequestMessage = new HttpRequestMessage(message.Method, message.RequestUri) { Version = message.Version, VersionPolicy = message.VersionPolicy };
        }

        message.RequestUri = _uri;
        message.Method = _method;
        message.Content = _content;
        message.Headers.TransferEncodingChunked = _chunked;
        foreach (var (name, values) in _headers)
        {
            RawHeaders.PutBack(message.Headers, name, values);
        }
    }

    private static (string Name, string[] Values)[] Copy(HttpRequestHeaders headers)
    {
        var copies = new List<(string, string[])>();
        foreach (var name in BoundToTheOrigin)
        {
            if (headers.NonValidated.TryGetValues(name, out var values))
            {
                copies.Add((name, [.. values]));
            }
        }

        return [.. copies];
    }
}
