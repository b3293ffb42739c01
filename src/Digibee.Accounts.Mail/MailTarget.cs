namespace Digibee.Accounts;

/// <summary>One revision of an account, and of the one whose token it signs in with.</summary>
/// <param name="Opened">The account.</param>
/// <param name="Profile">What is derived from it.</param>
/// <param name="Bearer">The account whose token signs in.</param>
internal sealed record MailTarget(OpenedAccount Opened, MailProfile Profile, OpenedAccount? Bearer)
{
    public string AccountName => Opened.Address.Name;

    /// <summary>Tells whether a connection of one may carry messages of the other.</summary>
    public bool IsOf(MailTarget other) => Opened.Revision == other.Opened.Revision && Bearer?.Revision == other.Bearer?.Revision && Bearer?.Scope == other.Bearer?.Scope;
}
