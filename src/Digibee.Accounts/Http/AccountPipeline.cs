using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>What every <see cref="AccountHandler"/> of a program shares: where accounts come from and what applies each type.</summary>
internal sealed class AccountPipeline
{
    private readonly Dictionary<Type, AccountTypeHandler> _typeHandlers = [];

    public AccountPipeline(IAccountSource source, IEnumerable<AccountTypeHandler> typeHandlers, ILogger<AccountHandler> logger)
    {
        Source = source;
        Logger = logger;
        foreach (var handler in typeHandlers)
        {
            _typeHandlers[handler.AccountClrType] = handler;
        }
    }

    public IAccountSource Source { get; }

    public ILogger Logger { get; }

    public AccountTypeHandler TypeHandlerFor(AccountClient client, Account account)
    {
        if (client.Options.TypeHandlers.TryGetValue(account.GetType(), out var handler) || _typeHandlers.TryGetValue(account.GetType(), out handler))
        {
            return handler;
        }

        throw new AccountTypeMismatchException(
            account.Name,
            $"Account '{account.Name}' is of type {account.Type.DisplayName}, which is not applied to HTTP requests. Use an account of another type for HTTP client '{client.Name}'.");
    }
}
