namespace Digibee.Accounts;

/// <summary>How one message wants an account of one type applied.</summary>
internal interface IAccountSettings
{
    /// <summary>Gets the type they are for. On an account of another type they would be passed over in silence, so the message is refused.</summary>
    AccountType AccountType { get; }
}
