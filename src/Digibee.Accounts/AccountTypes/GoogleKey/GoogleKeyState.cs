namespace Digibee.Accounts;

/// <summary>What is derived from one revision of a Google Key account: its signing key, and the slot of its tokens.</summary>
internal sealed class GoogleKeyState : IDisposable
{
    private readonly TokenEngine _engine;
    private TokenSlot _slot;

    public GoogleKeyState(OpenedAccount opened, TokenEngine engine)
    {
        Account = (GoogleKeyAccount)opened.Account;
        Material = GoogleKeyMaterial.Read(Account);
        _engine = engine;
        _slot = engine.SlotOf(KeyOf(opened, Account));
    }

    public GoogleKeyAccount Account { get; }

    public GoogleKeyMaterial Material { get; }

    public TokenSlot Slot => _slot.IsRetired ? _slot = _engine.SlotOf(_slot.Key) : _slot;

    /// <summary>Gets the slot as it was, for the look that must cost nothing.</summary>
    public TokenSlot LastSlot => _slot;

    /// <summary>Gives the state of one revision, made at its first use.</summary>
    public static GoogleKeyState Of(OpenedAccount opened, TokenEngine engine)
    {
        var holder = opened.GetOrAddState(TokenStateHolder<GoogleKeyState>.Create);
        return holder.State ?? holder.Keep(new GoogleKeyState(opened, engine));
    }

    public void Dispose() => Material.Dispose();

    private static TokenKey KeyOf(OpenedAccount opened, GoogleKeyAccount account) => new(
        opened.Scope,
        opened.Address,
        TokenFingerprint.Of("google-key", account.Mode.ToString(), account.Subject, account.Audience, TokenFingerprint.Of([.. account.Scopes])),
        TokenFingerprint.Prove(account.Key));
}
