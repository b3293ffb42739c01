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

    public void NoteUse(AccountRequest request) => _pipeline.Usage?.NoteUse(request.Opened, Name);

    public void NoteRefusal(AccountRequest? first)
    {
        for (var request = first; request is not null; request = request.Next)
        {
            _pipeline.Usage?.NoteRefusal(request.Opened, Name);
        }
    }

    /// <summary>Opens an account for the request's project, or else the client's, or else the program's.</summary>
    public ValueTask<OpenedAccount> OpenAsync(AccountReference reference, CancellationToken cancellationToken)
    {
        var source = _pipeline.Source;
        return InScope(reference, source) is { } scoped
            ? new(ProjectRule.Demand(scoped, ProjectOf(reference)))
            : source.OpenAsync(reference.Resolve(source), ProjectOf(reference), cancellationToken);
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

    /// <summary>Refuses what would let the session cookie of one account go out with another.</summary>
    public void DemandNoCookies(string consequence)
    {
        if (Options.UseCookies)
        {
            throw new AccountUnavailableException(
                Accounts[0].Name, $"HTTP client '{Name}' keeps cookies for its one account, so {consequence}. Use a client without UseCookies.", isTransient: false);
        }
    }

    public AccountUnavailableException StillBeingSent(string accountName) => new(
        accountName,
        $"A request of HTTP client '{Name}' is still being sent, so it was not sent a second time. Wait for the first send to end, or send a copy of the message.",
        isTransient: false);

    // What a message names of a scope is there or nowhere. Its expressions see what the scope's own flow would: the scope's accounts, and the stored ones of other names.
    private static OpenedAccount? InScope(AccountReference reference, IAccountSource source) => reference switch
    {
        { Scope: null } => null,
        { IsExpression: true } => reference.Scope.Find(reference.Resolve(source).Partition, reference.Name),
        _ => reference.Scope.Open(reference.Name),
    };

    private string? ProjectOf(AccountReference reference) => reference.Project ?? Options.Project ?? _pipeline.Source.DefaultProject;
}
