namespace Digibee.Accounts;

/// <summary>A request as a server received it, for <see cref="HttpMessageSignatureVerifier"/>. It depends on no web framework.</summary>
public sealed class ReceivedHttpRequest
{
    private readonly Func<string, string?[]?> _headers;

    /// <summary>Initializes a new instance.</summary>
    /// <param name="method">The method, as it was received.</param>
    /// <param name="targetUri">The target URI, put together of what was received and not of anything that was decoded: scheme, <c>://</c>, the <c>Host</c> header, the request target. In ASP.NET Core
    /// <c>$"{request.Scheme}://{request.Host}{context.Features.Get&lt;IHttpRequestFeature&gt;()!.RawTarget}"</c>. Behind a proxy, what the client sent to the proxy.</param>
    /// <param name="headers">Gives the lines of a header, by its name in lower case; <see langword="null"/> or nothing when it is absent. In ASP.NET Core <c>name => request.Headers[name]</c>.</param>
    /// <exception cref="ArgumentException">The target URI has no scheme or no authority.</exception>
    public ReceivedHttpRequest(string method, string targetUri, Func<string, string?[]?> headers)
    {
        ArgumentException.ThrowIfNullOrEmpty(method);
        ArgumentNullException.ThrowIfNull(targetUri);
        ArgumentNullException.ThrowIfNull(headers);
        var end = targetUri.IndexOf("://", StringComparison.Ordinal);
        var rest = end > 0 ? targetUri[(end + 3)..] : "";
        var target = rest.IndexOfAny(['/', '?']) is var index && index < 0 ? rest.Length : index;
        if (target == 0)
        {
            throw new ArgumentException("It has no scheme or no authority. Write scheme, ://, the Host header, and the request target.", nameof(targetUri));
        }

        Method = method;
        Scheme = targetUri[..end];
        Authority = rest[..target];
        RequestTarget = rest[target..];
        _headers = headers;
    }

    /// <summary>Gets the method.</summary>
    public string Method { get; }

    /// <summary>Gets the request target as it stood in the request line, where it is not path and query of the target URI, as in <c>OPTIONS *</c>.</summary>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    public string RequestTarget
    {
        get;
        init => field = FieldGuard.NotNull(value);
    }

    /// <summary>Gets the content as a stream that can seek, from where it stands: it is compared with its digest at once, and wound back. In ASP.NET Core after <c>request.EnableBuffering()</c>.</summary>
    /// <value><see langword="null"/>, the default: read the content through <see cref="MessageSignatureResult.CheckContent"/>.</value>
    /// <exception cref="ArgumentException">It cannot seek.</exception>
    public Stream? Body
    {
        get;
        init => field = value is null or { CanSeek: true } ? value
            : throw new ArgumentException("It cannot seek, so it could not be read again. Buffer it, or leave it out and read it through MessageSignatureResult.CheckContent.", nameof(Body));
    }

    /// <summary>Gets whether the request has content, which its signature then has to cover.</summary>
    /// <value><see langword="null"/>, the default, for what <see cref="Body"/> and the headers <c>Content-Length</c> and <c>Transfer-Encoding</c> say. Of HTTP/2 and 3 the server knows more: in ASP.NET Core
    /// <c>context.Features.Get&lt;IHttpRequestBodyDetectionFeature&gt;()!.CanHaveBody</c>.</value>
    public bool? HasContent { get; init; }

    internal string Scheme { get; }

    internal string Authority { get; }

    internal void AddLines(string name, List<string> lines)
    {
        foreach (var line in _headers(name) ?? [])
        {
            if (line is not null)
            {
                lines.Add(line);
            }
        }
    }
}
