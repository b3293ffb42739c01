using System.Net;

namespace Digibee.Accounts;

/// <summary>Turns one message from hop to hop as <see cref="SocketsHttpHandler"/> would have, and gives the caller the message back as it was.</summary>
internal sealed class RedirectChain(HttpRequestMessage message, Origin firstOrigin, bool hadAccounts)
{
    // What the caller wrote for the first origin. Authorization goes on every hop, as in the framework; the others when the origin changes.
    private static readonly string[] BoundToTheOrigin = ["Authorization", "Cookie", "Host", "Proxy-Authorization"];

    private readonly Uri _uri = message.RequestUri!;
    private readonly HttpMethod _method = message.Method;
    private readonly HttpContent? _content = message.Content;
    private readonly bool? _chunked = message.Headers.TransferEncodingChunked;
    private readonly List<(string Name, string[] Values)> _headers = [];

    public int Count { get; private set; }

    public Origin FirstOrigin { get; } = firstOrigin;

    /// <summary>Gets whether the first request carried an account, so that its body counts as meant for the accounts' origins.</summary>
    public bool HadAccounts { get; } = hadAccounts;

    /// <summary>Turns the message to the next hop.</summary>
    /// <param name="target">Where it goes.</param>
    /// <param name="status">The redirect's status, which decides the method.</param>
    /// <param name="sameOrigin">Whether the target has the origin of the last hop.</param>
    /// <param name="accountHeaders">The headers that accounts have set: what the caller had under such a name was not sent yet, and does not go to another origin now.</param>
    public void Follow(Uri target, HttpStatusCode status, bool sameOrigin, IEnumerable<string> accountHeaders)
    {
        Count++;
        message.RequestUri = target;
        if (RedirectTarget.BecomesGet(message.Method, status))
        {
            message.Method = HttpMethod.Get;
            message.Content = null;
            if (message.Headers.TransferEncodingChunked is true)
            {
                message.Headers.TransferEncodingChunked = false;
            }
        }

        if (sameOrigin)
        {
            SetAside(BoundToTheOrigin[0]);
            return;
        }

        foreach (var name in BoundToTheOrigin)
        {
            SetAside(name);
        }

        foreach (var name in accountHeaders)
        {
            SetAside(name);
        }
    }

    /// <summary>Gives the caller's message back as it was before the first redirect.</summary>
    public void Restore()
    {
        // The headers first: a message that was disposed meanwhile takes nothing else.
        foreach (var (name, values) in _headers)
        {
            RawHeaders.PutBack(message.Headers, name, values);
        }

        message.Headers.TransferEncodingChunked = _chunked;
        message.RequestUri = _uri;
        message.Method = _method;
        message.Content = _content;
    }

    private void SetAside(string name)
    {
        if (RawHeaders.Take(message.Headers, name) is { } values)
        {
            _headers.Add((name, values));
        }
    }
}
