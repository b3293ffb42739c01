using System.Collections.Concurrent;

namespace Digibee.Accounts;

/// <summary>One revision of an account as the vault opened it: one instance for all callers while it is cached. Safe for concurrent use.</summary>
public sealed class OpenedAccount
{
    internal OpenedAccount(AccountAddress address, long revision, Account account, bool isScoped = false)
    {
        Address = address;
        Revision = revision;
        Account = account;
        IsScoped = isScoped;
    }

    /// <summary>Gets the address.</summary>
    public AccountAddress Address { get; }

    /// <summary>Gets the revision. It grows with each saved change.</summary>
    public long Revision { get; }

    /// <summary>Gets the account.</summary>
    public Account Account { get; }

    /// <summary>Gets whether it comes from an <see cref="AccountScope"/> and not from the store.</summary>
    public bool IsScoped { get; }

    /// <summary>What is derived from this revision (a header, a parsed key): made once, and gone with it. Disposable state is disposed one minute after eviction.</summary>
    internal TState GetOrAddState<TState>(Func<OpenedAccount, TState> create)
        where TState : class => (TState)_states.GetOrAdd(typeof(TState), static (_, argument) => argument.create(argument.self), (create, self: this));

    private readonly ConcurrentDictionary<Type, object> _states = new();
}
