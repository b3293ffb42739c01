namespace Digibee.Accounts;

/// <summary>The accounts one message asked for, in place of its client's.</summary>
internal sealed class AccountSelection
{
    private static readonly HttpRequestOptionsKey<AccountSelection> Key = new("Digibee.Accounts.Selection");

    // SocketsHttpHandler refuses HTTP/0.x before it connects: a message that never meets an AccountHandler is never sent bare.
    private static readonly Version NotYetTaken = new(0, 9);

    private readonly Version _requestedVersion;

    private AccountSelection(AccountReference[] accounts, Version requestedVersion)
    {
        Accounts = accounts;
        _requestedVersion = requestedVersion;
    }

    public AccountReference[] Accounts { get; }

    public static void Set(HttpRequestMessage message, AccountReference[] accounts)
    {
        var requested = IsNotYetTaken(message) && Peek(message) is { } earlier ? earlier._requestedVersion : message.Version;
        message.Options.Set(Key, new AccountSelection(accounts, requested));
        message.Version = NotYetTaken;
    }

    public static AccountSelection? Peek(HttpRequestMessage message) =>
        message.Options.TryGetValue(Key, out var selection) ? selection : null;

    /// <summary>Gives what the message asked for, and gives the message its HTTP version back. A copy of the message made before (a hedged request) has both again.</summary>
    public static AccountSelection? Take(HttpRequestMessage message)
    {
        var selection = Peek(message);
        if (selection is not null && IsNotYetTaken(message))
        {
            message.Version = selection._requestedVersion;
        }

        return selection;
    }

    /// <summary>Tells it by the version: asking for the options would make them for every message that has none.</summary>
    public static bool IsNotYetTaken(HttpRequestMessage message) => message.Version == NotYetTaken;
}
