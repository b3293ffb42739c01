namespace Digibee.Accounts;

/// <summary>Accounts that only one asynchronous flow sees, and what it starts. Begun by <see cref="IAccountVault.BeginScope"/>.</summary>
public sealed class AccountScope : IDisposable
{
    /// <summary>Ends the scope: the flow sees the stored accounts again.</summary>
    public void Dispose()
    {
    }
}
