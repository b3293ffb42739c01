using System.Diagnostics;

namespace Digibee.Accounts;

/// <summary>A signed URI, and what has to be sent with it. Immutable.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class AwsV4PresignedRequest
{
    internal AwsV4PresignedRequest(HttpMethod method, Uri uri, IReadOnlyList<KeyValuePair<string, string>> headers, AwsV4Validity validity)
    {
        Method = method;
        Uri = uri;
        Headers = headers;
        ExpiresAt = validity.ExpiresAt;
        CredentialsEnd = validity.CredentialsEnd;
    }

    /// <summary>Gets the method to send with: another one is refused by the service.</summary>
    public HttpMethod Method { get; }

    /// <summary>Gets the URI. It is a credential. Send it as it is, byte for byte: give <see cref="System.Uri.AbsoluteUri"/> to other programs.</summary>
    public Uri Uri { get; }

    /// <summary>Gets the headers that were signed besides the host of the URI, and must be sent with these values. Names are in lower case; one that stands here twice is sent twice, in this order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>Gets when it stops working: at the end of its lifetime, or with the credentials if they are known to end earlier.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>Gets whether the credentials last as long as the lifetime that was asked for.</summary>
    public AwsV4CredentialsEnd CredentialsEnd { get; }

    /// <summary>Returns the method and the origin.</summary>
    /// <returns>Text without the signature.</returns>
    public override string ToString() => $"{Method} {Uri.GetLeftPart(UriPartial.Authority)}/***";
}
