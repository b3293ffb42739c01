namespace Digibee.Accounts;

/// <summary>A token that is cancelled after a time, by the given clock, or with another token.</summary>
internal sealed class KerberosTimeLimit : IDisposable
{
    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenSource _either;

    public KerberosTimeLimit(TimeProvider time, TimeSpan timeout, CancellationToken cancellationToken)
    {
        _timeout = new CancellationTokenSource(timeout, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_timeout.Token, cancellationToken);
    }

    public CancellationToken Token => _either.Token;

    public void Dispose()
    {
        _either.Dispose();
        _timeout.Dispose();
    }
}
