namespace Digibee.Accounts;

/// <summary>Hangs on one revision until its state is made, which needs services that the revision does not know.</summary>
internal sealed class OAuth2StateHolder : IDisposable
{
    private OAuth2State? _state;

    public OAuth2State? State
    {
        get => Volatile.Read(ref _state);
        set => Volatile.Write(ref _state, value);
    }

    public static OAuth2StateHolder Create(OpenedAccount opened) => new();

    public void Dispose() => State?.Dispose();
}
