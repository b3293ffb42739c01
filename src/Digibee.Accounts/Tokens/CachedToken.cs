using System.Net.Http.Headers;

namespace Digibee.Accounts;

/// <summary>A token as requests use it: its header, made once, and its zones.</summary>
internal sealed class CachedToken
{
    private readonly long _expiresAt;
    private readonly DPoPKey? _proofKey;
    private long _renewAt;
    private long _blockAt;
    private volatile bool _wasAccepted;
    private volatile bool _isOutdated;

    public CachedToken(TokenSet tokens, double shift, bool isRecreatable, bool replacesRejected)
    {
        var zones = TokenZones.Of(tokens, shift);
        _renewAt = zones.RenewAt.UtcTicks;
        _blockAt = zones.BlockAt.UtcTicks;
        _expiresAt = zones.ExpiresAt.UtcTicks;
        Tokens = tokens;
        _proofKey = tokens.ProofKey is null ? null : DPoPKey.Import(tokens.ProofKey);
        IsRecreatable = isRecreatable;
        CanRenew = isRecreatable || tokens.RefreshToken is not null;
        ReplacesRejected = replacesRejected;
        Header = new AuthenticationHeaderValue(tokens.TokenType, tokens.AccessToken.Reveal());
    }

    public TokenSet Tokens { get; }

    public AuthenticationHeaderValue Header { get; }

    /// <summary>Gets whether the account alone is enough to ask for another.</summary>
    public bool IsRecreatable { get; }

    /// <summary>Gets whether there is a way to another token without a person.</summary>
    public bool CanRenew { get; }

    /// <summary>Gets whether it was asked for because a server had refused the one before.</summary>
    public bool ReplacesRejected { get; }

    /// <summary>Gets or sets whether some server has taken it.</summary>
    public bool WasAccepted
    {
        get => _wasAccepted;
        set => _wasAccepted = value;
    }

    /// <summary>Gets the key it is bound to.</summary>
    public DPoPKey DPoPKey => _proofKey!;

    /// <summary>Gets whether the store may hold other tokens by now.</summary>
    public bool IsOutdated => _isOutdated;

    public bool IsFresh(DateTimeOffset now) => now.UtcTicks < Volatile.Read(ref _renewAt);

    public bool IsGood(DateTimeOffset now) => now.UtcTicks < Volatile.Read(ref _blockAt);

    public bool IsAlive(DateTimeOffset now) => now.UtcTicks < _expiresAt;

    /// <summary>Has the store looked at before it is used again. It stays for when the store cannot be.</summary>
    public void Outdate()
    {
        _isOutdated = true;
        Volatile.Write(ref _renewAt, 0);
        Volatile.Write(ref _blockAt, 0);
    }
}
