using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>One HTTP client's accounts, as they were set up, over the pipeline that it shares with all others.</summary>
internal sealed class AccountClient
{
    private readonly AccountPipeline _pipeline;

    public AccountClient(AccountPipeline pipeline, string name, ReadOnlySpan<string> accounts, Action<AccountClientOptions>? configure)
    {
        _pipeline = pipeline;
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

    public ILogger Logger => _pipeline.Logger;

    public ConnectionPool Connections => _pipeline.Connections;

    public IAccountSource Source => _pipeline.Source;

    /// <summary>Opens an account for the request's project, or else the client's, or else the program's.</summary>
    public ValueTask<OpenedAccount> OpenAsync(AccountReference reference, CancellationToken cancellationToken)
    {
        var source = _pipeline.Source;
        return source.OpenAsync(reference.Resolve(source), ProjectOf(reference), cancellationToken);
    }

    /// <summary>Opens an account again, for the repetition of a request.</summary>
    public ValueTask<OpenedAccount> ReopenAsync(AccountReference reference, OpenedAccount opened, CancellationToken cancellationToken) =>
        _pipeline.Source.ReopenAsync(opened, ProjectOf(reference), cancellationToken);

    /// <summary>Gives what applies this account here: the client's own authenticator, or else the program's.</summary>
    public AccountTypeHandler TypeHandlerFor(Account account, IAccountSettings? settings)
    {
        if (settings is not null && !settings.AreFor(account.Type))
        {
            throw new AccountTypeMismatchException(
                account.Name,
                $"Account '{account.Name}' is of type {account.Type.DisplayName}, and the request gives settings for {settings.AccountTypes}. Name an account of that type, or leave the settings out.");
        }

        var type = account.GetType();
        if (Options.TypeHandlers.TryGetValue(type, out var handler) || _pipeline.TypeHandlers.TryGetValue(type, out handler))
        {
            return handler;
        }

        throw new AccountTypeMismatchException(
            account.Name,
            $"Account '{account.Name}' is of type {account.Type.DisplayName}, which is not applied to HTTP requests. Use an account of another type for HTTP client '{Name}'.");
    }

    private string? ProjectOf(AccountReference reference) => reference.Project ?? Options.Project ?? _pipeline.Source.DefaultProject;
}
