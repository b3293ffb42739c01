namespace Digibee.Accounts;

/// <summary>One HTTP client's accounts, as they were set up.</summary>
internal sealed class AccountClient
{
    public AccountClient(string name, ReadOnlySpan<string> accounts, Action<AccountClientOptions>? configure)
    {
        Name = name;
        Accounts = AccountReference.FromNames(accounts);
        configure?.Invoke(Options);
        if (Options.UseCookies && Accounts.Length != 1)
        {
            throw new InvalidOperationException($"HTTP client '{name}' keeps cookies, so it must use exactly one account: a session cookie of one would go out with another.");
        }
    }

    public string Name { get; }

    public AccountReference[] Accounts { get; }

    public AccountClientOptions Options { get; } = new();
}
