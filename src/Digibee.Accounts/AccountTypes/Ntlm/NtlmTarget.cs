namespace Digibee.Accounts;

/// <summary>Where a connection leads, as the handshake names it.</summary>
/// <param name="Host">The value of the <c>Host</c> header.</param>
/// <param name="ServicePrincipalName"><c>HTTP/host</c>: what the answer binds itself to (MS-NLMP, section 2.2.2.1, MsvAvTargetName).</param>
internal readonly record struct NtlmTarget(string Host, string ServicePrincipalName)
{
    /// <summary>Reads the target off the message that the connection was opened for. Another one may have taken that message since, and a redirect may have changed it: the sign-in then fails, and nobody waits
    /// for it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="origin">Its origin.</param>
    public static NtlmTarget Of(HttpRequestMessage message, in Origin origin)
    {
        if (message.Headers.Host is { } header && Origin.TryCreateFromHostHeader(header, origin, out var named))
        {
            return new(header, $"HTTP/{named.Host}");
        }

        var text = origin.ToString();
        return new(text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..], $"HTTP/{origin.Host}");
    }
}
