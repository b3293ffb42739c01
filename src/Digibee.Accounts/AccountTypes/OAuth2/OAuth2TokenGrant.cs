namespace Digibee.Accounts;

/// <summary>The exchange of one revision of an OAuth 2 account, by the grant it names.</summary>
internal sealed class OAuth2TokenGrant(OpenedAccount opened, OAuth2State state, OpenedAccount? key, OpenedAccount? certificate, OAuth2Exchanges exchanges) : TokenGrant(opened, state.Slot.Key)
{
    public OAuth2Account Account => state.Account;

    public OAuth2Provider Provider => state.Provider;

    /// <summary>Gets the Private Key account it refers to.</summary>
    public OpenedAccount? KeyAccount { get; } = key;

    /// <summary>Gets the Certificate Chain account it refers to.</summary>
    public OpenedAccount? CertificateAccount { get; } = certificate;

    public string ClientId => Account.ClientId ?? Provider.ClientId
        ?? throw new AccountValidationException(AccountName, [new AccountProblem(nameof(OAuth2Account.ClientId), "neither the account nor the provider's registration names a client. Fill it in.")]);

    public override long Stamp => unchecked(Opened.Revision + (KeyAccount?.Revision ?? 0) + (CertificateAccount?.Revision ?? 0));

    public override bool IsRecreatable => OAuth2Identity.IsRecreatable(Account.Grant);

    public override Task<TokenAnswer> RequestAsync(TokenSet? stored, CancellationToken cancellationToken) => exchanges.RequestAsync(this, stored, cancellationToken);
}
