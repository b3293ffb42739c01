namespace Digibee.Accounts;

/// <summary>How one revision of an account gets its tokens. Made in the caller's flow, with every account it refers to opened: the exchange itself belongs to no caller.</summary>
internal abstract class TokenGrant(OpenedAccount opened, TokenKey key)
{
    public OpenedAccount Opened { get; } = opened;

    public TokenKey Key { get; } = key;

    public string AccountName => Opened.Address.Name;

    /// <summary>Gets the revisions that it is made of, the account's own and those it refers to, added up: another sum is another chance for what had failed.</summary>
    public virtual long Stamp => Opened.Revision;

    /// <summary>Gets whether the account alone is enough to ask for tokens. Otherwise a person has to log in first, and what is stored cannot be had again.</summary>
    public abstract bool IsRecreatable { get; }

    /// <summary>Gets whether the tokens are kept in the store. Nothing of a scope is, and nothing that costs no call.</summary>
    public virtual bool IsStored => Key.IsStored;

    /// <summary>Asks for tokens.</summary>
    /// <param name="stored">What is stored of this grant.</param>
    /// <param name="cancellationToken">Ends it after the longest time it may take.</param>
    public abstract Task<TokenAnswer> RequestAsync(TokenSet? stored, CancellationToken cancellationToken);
}
