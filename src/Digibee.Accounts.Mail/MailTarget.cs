namespace Digibee.Accounts;

/// <summary>One revision of an account, and of the one whose token it signs in with.</summary>
/// <param name="Opened">The account.</param>
/// <param name="Profile">What is derived from it.</param>
/// <param name="Bearer">The account whose token signs in.</param>
internal sealed record MailTarget(OpenedAccount Opened, MailProfile Profile, OpenedAccount? Bearer)
{
    public string AccountName => Opened.Address.Name;

    /// <summary>Gets whether the vault gives one of the two out no more: it was replaced, deleted or evicted, or its scope ended.</summary>
    public bool HasLeft => Opened.HasLeft || Bearer is { HasLeft: true };

    /// <summary>Notes that connections are made, which have to go when one of the two leaves the vault.</summary>
    public void NoteConnections()
    {
        Opened.NoteConnections();
        Bearer?.NoteConnections();
    }

    /// <summary>Tells whether a connection of one may carry messages of the other.</summary>
    public bool IsOf(MailTarget other) => Opened.Revision == other.Opened.Revision && Bearer?.Revision == other.Bearer?.Revision && Bearer?.Scope == other.Bearer?.Scope;
}
