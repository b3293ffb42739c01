namespace Digibee.Accounts;

/// <summary>What is derived from one revision of an OAuth 2 account: its provider, and the slot of its tokens.</summary>
internal sealed class OAuth2State(OAuth2Account account, OAuth2Provider provider, TokenKey key, TokenEngine engine)
{
    private TokenSlot _slot = engine.SlotOf(key);

    public OAuth2Account Account { get; } = account;

    public OAuth2Provider Provider { get; } = provider;

    public TokenSlot Slot => _slot.IsRetired ? _slot = engine.SlotOf(_slot.Key) : _slot;

    /// <summary>Gets the slot as it was, for the look that must cost nothing.</summary>
    public TokenSlot LastSlot => _slot;

    /// <summary>Gets whether nothing but the header is to be set.</summary>
    public bool IsPlainBearer { get; } = provider.TokenPlacement == OAuth2TokenPlacement.Header && !account.UseDPoP;

    public OAuth2Nonces Nonces { get; } = new();
}
