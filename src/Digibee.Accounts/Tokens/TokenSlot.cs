namespace Digibee.Accounts;

/// <summary>The tokens of one grant in memory: the current one, the acquisition under way, the last failure. Everything but <see cref="Current"/> is changed under <see cref="Lock"/> only.</summary>
internal sealed class TokenSlot(TokenKey key)
{
    private CachedToken? _current;
    private volatile bool _isRetired;

    public TokenKey Key { get; } = key;

    public Lock Lock { get; } = new();

    /// <summary>Gets or sets the token that requests use.</summary>
    public CachedToken? Current
    {
        get => Volatile.Read(ref _current);
        set => Volatile.Write(ref _current, value);
    }

    /// <summary>Gets or sets whether somebody used it since the last walk for room. Written only when it changes: the line is shared by all cores.</summary>
    public bool WasUsed { get; set; }

    /// <summary>Gets or sets whether the slot has left the cache: who still has it asks for another before anything is acquired.</summary>
    public bool IsRetired
    {
        get => _isRetired;
        set => _isRetired = value;
    }

    /// <summary>Gets or sets the revision of the row that the current token is in; 0 for none.</summary>
    public long Revision { get; set; }

    /// <summary>Gets or sets the latest revision of the row that was heard of during the acquisition under way.</summary>
    public long ChangedTo { get; set; }

    /// <summary>Gets or sets the acquisition under way.</summary>
    public TokenFlight? Flight { get; set; }

    /// <summary>Gets or sets the last failure, until something succeeds.</summary>
    public TokenFailure? Failure { get; set; }

    /// <summary>Gets or sets the access token that a server refused.</summary>
    public Secret? Rejected { get; set; }

    /// <summary>Gets or sets tokens that were exchanged and could not be saved.</summary>
    public TokenSet? Unsaved { get; set; }

    /// <summary>Takes in that its row has this revision now, or may have. A person may have logged in elsewhere, or the account been deleted and made anew.</summary>
    /// <remarks>What an account gets by itself is as good as what others got.</remarks>
    public void Heard(long revision)
    {
        lock (Lock)
        {
            if (Flight is not null)
            {
                ChangedTo = Math.Max(ChangedTo, revision);
            }
            else if (revision > Revision && Current is { IsRecreatable: false } current)
            {
                current.Outdate();
                Failure = null;
            }
        }
    }
}
