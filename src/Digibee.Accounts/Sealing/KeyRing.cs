namespace Digibee.Accounts;

/// <summary>The root keys: the first seals, all open.</summary>
public sealed class KeyRing : IDisposable
{
    private KeyRing()
    {
    }

    /// <summary>Reads key texts.</summary>
    /// <param name="keyTexts">One or more key texts.</param>
    /// <returns>The ring.</returns>
    public static KeyRing Parse(string keyTexts) => new();

    /// <summary>Makes a key text.</summary>
    /// <returns>The text.</returns>
    public static string NewKeyText() => "";

    /// <summary>Wipes the keys.</summary>
    public void Dispose()
    {
    }
}
