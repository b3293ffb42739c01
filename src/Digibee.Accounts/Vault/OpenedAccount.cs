namespace Digibee.Accounts;

/// <summary>One revision of an account as the vault opened it: one instance for all callers while it is cached. Safe for concurrent use.</summary>
public sealed class OpenedAccount
{
    // A list and not a dictionary: an account has one or two derived states, and there are ten thousand accounts.
    private DerivedState? _states;

    // Each is set before the other is read, so that of a connection and a change at the same time one sees the other.
    private int _hasLeft;
    private int _hasConnections;

    internal OpenedAccount(AccountAddress address, long revision, Account account, AccountScope? scope = null)
    {
        Address = address;
        Revision = revision;
        Account = account;
        Scope = scope;
        ScopedSecrets = scope is null ? null : new ScopedSecrets(account);
    }

    /// <summary>Gets the address.</summary>
    public AccountAddress Address { get; }

    /// <summary>Gets the revision. It grows with each saved change.</summary>
    public long Revision { get; }

    /// <summary>Gets the account.</summary>
    public Account Account { get; }

    /// <summary>Gets whether it comes from an <see cref="AccountScope"/> and not from the store.</summary>
    public bool IsScoped => Scope is not null;

    /// <summary>Gets the scope it lives in; <see langword="null"/> for the store. Whoever keys anything by an account keys by this too: two scopes may hold the same name.</summary>
    internal AccountScope? Scope { get; }

    /// <summary>Gets its secrets, if they are a scope's.</summary>
    internal ScopedSecrets? ScopedSecrets { get; }

    /// <summary>Returns the address and the revision.</summary>
    /// <returns>Text without a secret.</returns>
    public override string ToString() => $"{Address}, revision {Revision}";

    /// <summary>Gives what is derived from this revision (a header, a parsed key): made once, and gone with it. Disposable state is disposed one minute after eviction.</summary>
    internal TState GetOrAddState<TState>(Func<OpenedAccount, TState> create)
        where TState : class => Find<TState>(Volatile.Read(ref _states)) ?? AddState(create);

    /// <summary>Gets whether anything was derived from this revision yet.</summary>
    internal bool HasStates => Volatile.Read(ref _states) is not null;

    /// <summary>Gets whether the vault gives it out no more: it was replaced, deleted or evicted, or its scope ended. A request that holds it may still use it.</summary>
    internal bool HasLeft => Volatile.Read(ref _hasLeft) != 0;

    /// <summary>Notes that connections are made with it, which have to go when it leaves the vault.</summary>
    internal void NoteConnections() => Interlocked.Exchange(ref _hasConnections, 1);

    /// <summary>Notes that the vault gives it out no more.</summary>
    /// <returns>Whether connections were made with it.</returns>
    internal bool Leave()
    {
        Interlocked.Exchange(ref _hasLeft, 1);
        return Volatile.Read(ref _hasConnections) != 0;
    }

    /// <summary>Disposes what was derived. Whoever still holds this instance gets new state, which the garbage collector takes.</summary>
    internal void DisposeStates()
    {
        for (var state = Interlocked.Exchange(ref _states, null); state is not null; state = state.Next)
        {
            (state.Value as IDisposable)?.Dispose();
        }
    }

    private static TState? Find<TState>(DerivedState? state)
        where TState : class
    {
        for (; state is not null; state = state.Next)
        {
            if (state.Value is TState found && state.Type == typeof(TState))
            {
                return found;
            }
        }

        return null;
    }

    private TState AddState<TState>(Func<OpenedAccount, TState> create)
        where TState : class
    {
        var made = create(this);
        while (true)
        {
            var first = Volatile.Read(ref _states);
            if (Find<TState>(first) is { } others)
            {
                (made as IDisposable)?.Dispose();
                return others;
            }

            if (Interlocked.CompareExchange(ref _states, new DerivedState(typeof(TState), made, first), first) == first)
            {
                return made;
            }
        }
    }

    private sealed record DerivedState(Type Type, object Value, DerivedState? Next);
}
