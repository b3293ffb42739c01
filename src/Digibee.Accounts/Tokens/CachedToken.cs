using System.Net.Http.Headers;

namespace Digibee.Accounts;

/// <summary>A token as requests use it: its header, made once, and its zones.</summary>
internal sealed class CachedToken
{
    private readonly long _renewAt;
    private readonly long _blockAt;
    private readonly long _expiresAt;
    private readonly DPoPKey? _proofKey;
    private volatile bool _wasAccepted;

    public CachedToken(TokenSet tokens, double shift, bool canRenew, bool replacesRejected)
    {
        var zones = TokenZones.Of(tokens, shift);
        _renewAt = zones.RenewAt.UtcTicks;
        _blockAt = zones.BlockAt.UtcTicks;
        _expiresAt = zones.ExpiresAt.UtcTicks;
        Tokens = tokens;
        _proofKey = tokens.ProofKey is null ? null : DPoPKey.Import(tokens.ProofKey);
        CanRenew = canRenew;
        ReplacesRejected = replacesRejected;
        Header = new AuthenticationHeaderValue(tokens.TokenType, tokens.AccessToken.Reveal());
    }

    public TokenSet Tokens { get; }

    public AuthenticationHeaderValue Header { get; }

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

    public bool IsFresh(DateTimeOffset now) => now.UtcTicks < _renewAt;

    public bool IsGood(DateTimeOffset now) => now.UtcTicks < _blockAt;

    public bool IsAlive(DateTimeOffset now) => now.UtcTicks < _expiresAt;
}
