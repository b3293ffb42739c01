using System.Net;
using System.Net.Http.Headers;

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
    private readonly (string Name, string[] Values)[] _headers = Copy(message.Headers);

    public int Count { get; private set; }

    public Origin FirstOrigin { get; } = firstOrigin;

    /// <summary>Gets whether the first request carried an account, so that its body counts as meant for the accounts' origins.</summary>
    public bool HadAccounts { get; } = hadAccounts;

    public void Follow(Uri target, HttpStatusCode status, bool sameOrigin)
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

        foreach (var name in sameOrigin ? BoundToTheOrigin.AsSpan(0, 1) : BoundToTheOrigin)
        {
            message.Headers.Remove(name);
        }
    }

    /// <summary>Gives the caller's message back as it was before the first redirect.</summary>
    public void Restore()
    {
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
