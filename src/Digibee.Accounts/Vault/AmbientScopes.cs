namespace Digibee.Accounts;

/// <summary>The scope of the current flow of execution. Read at the head of a request and nowhere else.</summary>
internal sealed class AmbientScopes
{
    private readonly AsyncLocal<AccountScope?> _current = new();
    private volatile bool _hasBegun;

    /// <summary>Gets the current scope. Programs without scopes do not pay for the look.</summary>
    public AccountScope? Current => _hasBegun ? _current.Value : null;

    public AccountScope Begin(AccountVault vault)
    {
        var scope = new AccountScope(this, vault, _current.Value);
        _hasBegun = true;
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
            while (enclosing is { IsOver: true })
            {
                enclosing = enclosing.Enclosing;
            }

            _current.Value = enclosing;
        }
    }
}
