namespace Digibee.Accounts;

/// <summary>The request with which an HTTP client signs its connections in with NTLM, before it sends its own requests over them.</summary>
/// <remarks>It must be one that the server answers only to who signed in, and harmless, because it is sent up to three times on a new connection. Set once, before the client's first request.</remarks>
public sealed class NtlmHandshakeOptions
{
    private const int MaxPathLength = 2_048;

    /// <summary>Gets or sets the method: HEAD, GET or OPTIONS.</summary>
    /// <value>The default is HEAD, whose answer has no body.</value>
    /// <exception cref="ArgumentException">It is another method.</exception>
    public HttpMethod Method
    {
        get;
        set => field = value == HttpMethod.Head || value == HttpMethod.Get || value == HttpMethod.Options
            ? value
            : throw new ArgumentException("NTLM signs in with HEAD, GET or OPTIONS, which change nothing on the server.", nameof(value));
    } = HttpMethod.Head;

    /// <summary>Gets or sets the path, and perhaps a query, inside the part of the site that asks for NTLM.</summary>
    /// <value>A slash and at most 2,047 visible ASCII characters, without a fragment. The default is <c>/</c>.</value>
    /// <exception cref="ArgumentException">It is something else.</exception>
    public string Path
    {
        get;
        set => field = IsPath(value)
            ? value
            : throw new ArgumentException("The path of the NTLM handshake begins with a slash and is written as it is sent: visible ASCII, no fragment, at most 2,048 characters.", nameof(value));
    } = "/";

    /// <summary>Gets or sets how long the sign-in of one connection may take.</summary>
    /// <value>One second to ten minutes. The default is 30 seconds.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is out of that range.</exception>
    public TimeSpan Timeout
    {
        get;
        set => field = value >= TimeSpan.FromSeconds(1) && value <= TimeSpan.FromMinutes(10)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), "The sign-in of a connection may take one second to ten minutes.");
    } = TimeSpan.FromSeconds(30);

    private static bool IsPath(string? value) =>
        value is ['/', ..] and { Length: <= MaxPathLength } && !value.AsSpan().ContainsAnyExceptInRange('!', '~') && !value.Contains('#', StringComparison.Ordinal);
}
