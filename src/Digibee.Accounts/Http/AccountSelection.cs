namespace Digibee.Accounts;

/// <summary>What one message asked for: accounts in place of its client's, and headers with expressions.</summary>
internal sealed class AccountSelection
{
    private static readonly HttpRequestOptionsKey<AccountSelection> Key = new("Digibee.Accounts.Selection");

    // SocketsHttpHandler refuses HTTP/0.x before it connects: a message that never meets an AccountHandler is never sent bare.
    private static readonly Version NotYetTaken = new(0, 9);

    private readonly Version _requestedVersion;

    private AccountSelection(AccountReference[]? accounts, AccountExpressionHeader[] headers, Version requestedVersion)
    {
        Accounts = accounts;
        Headers = headers;
        _requestedVersion = requestedVersion;
    }

    /// <summary>Gets the accounts; <see langword="null"/> for the client's.</summary>
    public AccountReference[]? Accounts { get; }

    /// <summary>Gets the headers with expressions.</summary>
    public AccountExpressionHeader[] Headers { get; }

    public static void Set(HttpRequestMessage message, AccountReference[] accounts) => Set(message, accounts, Peek(message)?.Headers ?? []);

    /// <summary>Adds a header with expressions, in place of one of the same name.</summary>
    public static void Add(HttpRequestMessage message, AccountExpressionHeader header)
    {
        var earlier = Peek(message);
        var others = Array.FindAll(earlier?.Headers ?? [], other => !other.Name.Equals(header.Name, StringComparison.OrdinalIgnoreCase));
        Set(message, earlier?.Accounts, [.. others, header]);
    }

    /// <summary>Tells whether a message asks for accounts, even if its version was set after that, or if it was copied without its options before it was sent.</summary>
    public static bool IsOn(HttpRequestMessage message) => IsNotYetTaken(message) || Peek(message) is not null;

    public static AccountSelection? Peek(HttpRequestMessage message) =>
        message.Options.TryGetValue(Key, out var selection) ? selection : null;

    /// <summary>Gives what the message asked for, and gives the message its HTTP version back. The selection stays, for a retry; a copy made before (a hedged request) has both.</summary>
    /// <exception cref="AccountUnavailableException">The message is a copy without the options of its original, so nobody knows what it asked for.</exception>
    public static AccountSelection? Take(HttpRequestMessage message)
    {
        // The options and not the version alone decide: a handler outside may have set the version of every message.
        var selection = Peek(message);
        if (!IsNotYetTaken(message))
        {
            return selection;
        }

        message.Version = selection is not null ? selection._requestedVersion : throw new AccountUnavailableException(
            accountName: null,
            "A request that chose its accounts was copied without its options, so nothing was sent. Copy HttpRequestMessage.Options too.",
            isTransient: false);
        return selection;
    }

    private static void Set(HttpRequestMessage message, AccountReference[]? accounts, AccountExpressionHeader[] headers)
    {
        var requested = IsNotYetTaken(message) && Peek(message) is { } earlier ? earlier._requestedVersion : message.Version;
        message.Options.Set(Key, new AccountSelection(accounts, headers, requested));
        message.Version = NotYetTaken;
    }

    private static bool IsNotYetTaken(HttpRequestMessage message) => message.Version == NotYetTaken;
}
