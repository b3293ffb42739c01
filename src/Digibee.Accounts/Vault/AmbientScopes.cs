namespace Digibee.Accounts;

/// <summary>The scope of the current flow of execution. Read at the head of a request and nowhere else.</summary>
internal sealed class AmbientScopes
{
    private readonly AsyncLocal<AccountScope?> _current = new();
    private long _lastId;

    /// <summary>Gets the current scope. Programs without scopes do not pay for the look.</summary>
    public AccountScope? Current => Volatile.Read(ref _lastId) == 0 ? null : _current.Value;

    /// <summary>Finds a scope that the current flow sees, by its id; <see langword="null"/> when it sees none of it.</summary>
    public AccountScope? Find(long id)
    {
        var scope = Current;
        while (scope is not null && scope.Id != id)
        {
            scope = scope.Enclosing;
        }

        return scope;
    }

    public AccountScope Begin(AccountVault vault)
    {
        var scope = new AccountScope(this, vault, Interlocked.Increment(ref _lastId), _current.Value);
        _current.Value = scope;
        return scope;
    }

    /// <summary>Makes the enclosing scope current again, if this is the flow that sees the scope.</summary>
    public void End(AccountScope scope)
    {
        if (_current.Value == scope)
        {
            // Scopes may end out of order; what has ended before is not brought back.
            var enclosing = scope.Enclosing;
            while (enclosing is { HasEnded: true })
            {
                enclosing = enclosing.Enclosing;
            }

            _current.Value = enclosing;
        }
    }
}
