namespace Digibee.Accounts;

/// <summary>Whose connections they are: an account handler's, for these accounts as the vault opened them. Accounts are compared by instance, so another revision or scope is another key.</summary>
/// <param name="Owner">The handler's connections.</param>
/// <param name="Certificate">The account of the TLS handshake.</param>
/// <param name="SignIn">The account that signs each connection in.</param>
/// <param name="Target">The one server that they lead to, if they are signed in; <see langword="null"/> when they lead to any.</param>
internal readonly record struct ConnectionKey(AccountConnections Owner, OpenedAccount? Certificate, OpenedAccount? SignIn, ConnectionTarget? Target)
{
    /// <summary>Gives the key for the accounts of a message; <see langword="null"/> when none of them is about its connection.</summary>
    /// <exception cref="AccountValidationException">Two of them claim the same part of the connection.</exception>
    public static ConnectionKey? Of(AccountConnections owner, AccountRequest? first)
    {
        OpenedAccount? certificate = null;
        OpenedAccount? signIn = null;
        for (var account = first; account is not null; account = account.Next)
        {
            if (account.TypeHandler.ConnectionPart is { } part)
            {
                Claim(ref part == ConnectionPart.Certificate ? ref certificate : ref signIn, part, account);
            }
        }

        return certificate is null && signIn is null ? null : new(owner, certificate, signIn, signIn is null ? null : ConnectionTarget.Of(first!));
    }

    /// <summary>Tells whether another key is for the same accounts of the same handler, but opened at another time, for whatever server.</summary>
    public bool IsSameButForRevision(in ConnectionKey other) =>
        Owner == other.Owner && IsSame(Certificate, other.Certificate) && IsSame(SignIn, other.SignIn) && !(Certificate == other.Certificate && SignIn == other.SignIn);

    /// <summary>Gets whether the vault gives one of its accounts out no more.</summary>
    public bool HasLeft => Certificate is { HasLeft: true } || SignIn is { HasLeft: true };

    /// <summary>Tells whether an account is one of this key's.</summary>
    public bool IsFor(OpenedAccount account) => Certificate == account || SignIn == account;

    /// <summary>Has the vault say when it gives one of the accounts out no more. Look at <see cref="HasLeft"/> afterwards: it may have happened before.</summary>
    public void NoteConnections()
    {
        Certificate?.NoteConnections();
        SignIn?.NoteConnections();
    }

    /// <summary>Tells whether an account of this key was replaced by the time <paramref name="other"/> was made.</summary>
    public bool IsOlderThan(in ConnectionKey other) => Certificate?.Revision < other.Certificate?.Revision || SignIn?.Revision < other.SignIn?.Revision;

    private static bool IsSame(OpenedAccount? one, OpenedAccount? other) =>
        one is null ? other is null : other is not null && one.Scope == other.Scope && one.Address == other.Address;

    private static void Claim(ref OpenedAccount? claimed, ConnectionPart part, AccountRequest account)
    {
        if (claimed is not null)
        {
            throw new AccountValidationException(
                account.AccountName,
                [
                    new AccountProblem(
                        "Accounts",
                        $"{(part == ConnectionPart.Certificate ? "the client certificate" : "the sign-in")} of the connection is already account '{claimed.Address.Name}'. One connection proves one; send two requests."),
                ]);
        }

        claimed = account.Opened;
    }
}
