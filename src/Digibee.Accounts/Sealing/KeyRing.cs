namespace Digibee.Accounts;

/// <summary>The root keys: the first seals, all open.</summary>
public sealed class KeyRing : IDisposable
{
    private KeyRing()
    {
    }

    /// <summary>Wipes the keys.</summary>
    public void Dispose()
    {
    }
}
