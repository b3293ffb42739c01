namespace Digibee.Accounts;

/// <summary>The key of one revision, read when it is first used and wiped with the revision. Safe for concurrent use: the first caller reads it, and the others wait. Deriving an encrypted key may take a second.</summary>
/// <param name="opened">The revision.</param>
/// <param name="read">Reads its key.</param>
internal sealed class AccountKeyHolder(OpenedAccount opened, Func<OpenedAccount, SignatureKey> read) : IDisposable
{
    private readonly Lock _lock = new();
    private SignatureKey? _key;
    private IReadOnlyList<AccountProblem>? _problems;
    private bool _isDisposed;

    /// <summary>Gets the name of the account.</summary>
    public string AccountName => opened.Address.Name;

    /// <summary>Gets the key. Once this is disposed it tells what it is, and does nothing any more.</summary>
    /// <exception cref="AccountValidationException">The account holds no key that makes signatures.</exception>
    public SignatureKey Key => Volatile.Read(ref _key) ?? Read();

    /// <summary>Reads the key anew for one use, for a caller that still holds a revision which is gone. The caller disposes it.</summary>
    public SignatureKey ReadAnew() => read(opened);

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _key?.Dispose();
        }
    }

    private SignatureKey Read()
    {
        lock (_lock)
        {
            if (_key is not null)
            {
                return _key;
            }

            // Not tried again: the text is the same, and deriving its key may have taken a second.
            if (_problems is not null)
            {
                throw new AccountValidationException(AccountName, _problems);
            }

            try
            {
                var key = read(opened);
                if (_isDisposed)
                {
                    key.Dispose();
                }

                Volatile.Write(ref _key, key);
                return key;
            }
            catch (AccountValidationException exception)
            {
                _problems = exception.Problems;
                throw;
            }
        }
    }
}
