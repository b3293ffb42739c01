namespace Digibee.Accounts;

/// <summary>How one HTTP client uses its accounts.</summary>
public sealed class AccountClientOptions
{
    /// <summary>Gets or sets the origins this client may send accounts to, beside what each account names: where both are given, both must allow.</summary>
    /// <value><see langword="null"/>, the default: the account's own origins decide, and an account without any goes nowhere.</value>
    public AllowedOrigins? Origins { get; set; }

    /// <summary>Gets or sets the project this client works for.</summary>
    /// <value><see langword="null"/>, the default, for <see cref="DigibeeAccountsOptions.Project"/>.</value>
    public string? Project { get; set; }

    /// <summary>Gets or sets whether a 401 or 403 that stays is thrown as <see cref="AccountAuthenticationException"/> in place of being returned.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool ThrowOnRefusal { get; set; }

    /// <summary>Gets or sets whether a redirect that keeps the body (307 and 308; 300, 301 and 302 of another method than POST) is followed to an origin that not every account of the request names
    /// literally.</summary>
    /// <value>The default is <see langword="false"/>: the redirect is returned.</value>
    public bool SendContentToUnlistedOrigins { get; set; }

    /// <summary>Gets or sets whether the client's handler keeps cookies. A server's session cookie proves the account that was sent when it was set, so this takes a client with exactly one account, which no message and no scope can replace.</summary>
    /// <value>The default is <see langword="false"/>: the handler's <c>UseCookies</c> is switched off.</value>
    public bool UseCookies { get; set; }

    /// <summary>Gets how connections are signed in with NTLM, where the client uses such an account.</summary>
    public NtlmHandshakeOptions NtlmHandshake { get; } = new();

    /// <summary>Gets or sets how messages are signed, where the client uses a Private Key or Secret Key account.</summary>
    /// <value>The defaults of <see cref="Accounts.MessageSigning"/>. A message's own go before it.</value>
    public MessageSigning? MessageSigning { get; set; }

    /// <summary>Gets or sets how the signatures of answers are checked. A Public Key account checks those of all answers, with the defaults where this is not set; a Secret Key account where it is set. Where it is
    /// set, a message none of whose accounts checks answers is not sent.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public MessageVerification? ResponseVerification { get; set; }

    internal Dictionary<Type, AccountTypeHandler> TypeHandlers { get; } = [];

    /// <summary>Applies accounts of one type in another way, on this client only.</summary>
    /// <typeparam name="TAccount">The account type.</typeparam>
    /// <param name="authenticator">What applies them. Its messages and exceptions must hold no secret.</param>
    public void UseAuthenticator<TAccount>(IAccountAuthenticator<TAccount> authenticator)
        where TAccount : Account
    {
        ArgumentNullException.ThrowIfNull(authenticator);
        TypeHandlers[typeof(TAccount)] = new AccountTypeHandler<TAccount>(authenticator);
    }
}
