using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>What every <see cref="AccountHandler"/> of a program shares: where accounts come from and what applies each type.</summary>
internal sealed class AccountPipeline(IAccountSource source, IEnumerable<AccountTypeHandler> typeHandlers, ConnectionPool connections, ILogger<AccountHandler> logger, UsageLedger? usage = null)
{
    public IAccountSource Source { get; } = source;

    public ConnectionPool Connections { get; } = connections;

    public ILogger Logger { get; } = logger;

    /// <summary>Gets what notes who uses which account; <see langword="null"/> in a pipeline without a vault.</summary>
    public UsageLedger? Usage { get; } = usage;

    public Dictionary<Type, AccountTypeHandler> TypeHandlers { get; } = typeHandlers.ToDictionary(static handler => handler.AccountClrType);
}
