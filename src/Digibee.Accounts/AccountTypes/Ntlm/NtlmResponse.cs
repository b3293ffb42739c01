namespace Digibee.Accounts;

/// <summary>What a sign-in needs of an answer's head.</summary>
internal sealed class NtlmResponse
{
    public required int Status { get; init; }

    /// <summary>Gets whether it is HTTP/1.1, where a connection stays open unless the server says otherwise; it closes in HTTP/1.0.</summary>
    public required bool IsHttp11 { get; init; }

    public bool SaysKeepAlive { get; set; }

    public bool SaysClose { get; set; }

    /// <summary>Gets whether the connection stays open.</summary>
    public bool KeepsAlive => !SaysClose && (IsHttp11 || SaysKeepAlive);

    /// <summary>Gets or sets the length of the body that follows; <see langword="null"/> when the head does not say.</summary>
    public long? ContentLength { get; set; }

    public bool IsChunked { get; set; }

    /// <summary>Gets or sets whether the server says that the sign-in lasts (<c>Persistent-Auth</c>; MS-N2HT, section 2.2.2); <see langword="null"/> when it says nothing.</summary>
    public bool? Persists { get; set; }

    /// <summary>Gets or sets whether NTLM is among the schemes.</summary>
    public bool OffersNtlm { get; set; }

    /// <summary>Gets or sets the server's NTLM message; <see langword="null"/> when there is none.</summary>
    public byte[]? Message { get; set; }

    /// <summary>Gets the schemes the server asks for, by the names we know. A server can write anything into a scheme, what it was sent included.</summary>
    public SortedSet<string> Schemes { get; } = new(StringComparer.Ordinal);
}
