namespace Digibee.Accounts;

/// <summary>The secrets of an account that one scope made for itself. They are wiped when the scope has let go of the account and no request under way uses it any more.</summary>
internal sealed class ScopedSecrets(Account account)
{
    private readonly Lock _lock = new();
    private int _uses;
    private bool _isLetGo;

    /// <summary>Holds the secrets for a request; <see langword="false"/> when the scope has let go of them.</summary>
    public bool TryUse()
    {
        lock (_lock)
        {
            if (_isLetGo)
            {
                return false;
            }

            _uses++;
            return true;
        }
    }

    /// <summary>Says that a request is over.</summary>
    public void EndUse()
    {
        lock (_lock)
        {
            _uses--;
            WipeIfUnused();
        }
    }

    public void LetGo()
    {
        lock (_lock)
        {
            _isLetGo = true;
            WipeIfUnused();
        }
    }

    private void WipeIfUnused()
    {
        if (!_isLetGo || _uses > 0)
        {
            return;
        }

        foreach (var field in AccountFields.Of(account.Type))
        {
            if (field.IsSecret)
            {
                field.SecretOf(account)?.Wipe();
            }
        }
    }
}
