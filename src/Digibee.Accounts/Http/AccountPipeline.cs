using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>What every <see cref="AccountHandler"/> of a program shares: where accounts come from and what applies each type.</summary>
internal sealed class AccountPipeline(IAccountSource source, IEnumerable<AccountTypeHandler> typeHandlers, ConnectionPool connections, ILogger<AccountHandler> logger)
{
    public IAccountSource Source { get; } = source;

    public ConnectionPool Connections { get; } = connections;

    public ILogger Logger { get; } = logger;

    public Dictionary<Type, AccountTypeHandler> TypeHandlers { get; } = typeHandlers.ToDictionary(static handler => handler.AccountClrType);
}
