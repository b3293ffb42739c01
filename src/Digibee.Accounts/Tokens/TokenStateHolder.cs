namespace Digibee.Accounts;

/// <summary>Hangs on one revision of an account until its state is made, which needs services that the revision does not know.</summary>
internal sealed class TokenStateHolder<TState> : IDisposable
    where TState : class
{
    private TState? _state;

    public static Func<OpenedAccount, TokenStateHolder<TState>> Create { get; } = static _ => new();

    /// <summary>Gets the state; <see langword="null"/> before anybody has made it.</summary>
    public TState? State => Volatile.Read(ref _state);

    /// <summary>Keeps a state, unless another thread was faster. Returns the one that all share.</summary>
    public TState Keep(TState made)
    {
        if (Interlocked.CompareExchange(ref _state, made, null) is not { } others)
        {
            return made;
        }

        (made as IDisposable)?.Dispose();
        return others;
    }

    public void Dispose() => (_state as IDisposable)?.Dispose();
}
