namespace Digibee.Accounts;

/// <summary>What a token endpoint handed out, as it is kept: one access token and what renews it.</summary>
internal sealed record TokenSet
{
    /// <summary>Gets the access token (or the ID token, where that is what is sent).</summary>
    public required Secret AccessToken { get; init; }

    /// <summary>Gets <c>Bearer</c> or <c>DPoP</c>, spelled so.</summary>
    public required string TokenType { get; init; }

    /// <summary>Gets when it was asked for, by our own clock: no later than when its life began.</summary>
    public required DateTimeOffset ObtainedAt { get; init; }

    /// <summary>Gets when it ends; <see langword="null"/> when nobody said so.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Gets whether the end is our guess: the endpoint told none that can be right.</summary>
    public bool IsExpiryAssumed { get; init; }

    public Secret? RefreshToken { get; init; }

    /// <summary>Gets which log-in of a person these come from: those of a later one are never replaced by a renewal of an earlier one. <see langword="null"/> for other grants.</summary>
    public string? Login { get; init; }

    /// <summary>Gets the key that the access token is bound to (RFC 9449), as PKCS#8 in base64; <see langword="null"/> for bearer tokens.</summary>
    public Secret? ProofKey { get; init; }

    /// <summary>Gets <see cref="TokenKey.Proof"/> of the grant. Tokens of another are not this account's any more.</summary>
    public required Secret Proof { get; init; }
}
