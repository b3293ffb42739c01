namespace Digibee.Accounts;

/// <summary>How one message wants an account applied.</summary>
internal interface IAccountSettings
{
    /// <summary>Gets the types they are for, in words.</summary>
    string AccountTypes { get; }

    /// <summary>Tells whether they are for a type. On an account of another they would be passed over in silence, so the message is refused.</summary>
    bool AreFor(AccountType type);
}
