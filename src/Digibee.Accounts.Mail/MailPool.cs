namespace Digibee.Accounts;

/// <summary>The connections of one revision of one account, as one scope sees it.</summary>
#pragma warning disable CA1001 // Its semaphores hold nothing to free until somebody asks for their wait handle, and senders may be in them after it was retired.
internal sealed class MailPool(MailTarget target, AccountMailOptions options, TimeProvider time)
{
    // A wrong password that many senders try at once locks the mailbox.
    private static readonly TimeSpan RefusalHolds = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _free = new(options.MaxConnections);
    private readonly SemaphoreSlim _firstSignIn = new(1);
    private volatile bool _wasAccepted;
    private MailRefusal? _refusal;

    public MailTarget Target { get; } = target;

    /// <summary>Gets the kept connections, the last used one at the end. Under the lock of all pools.</summary>
    public List<MailIdleClient> Idle { get; } = [];

    /// <summary>Gets or sets how many send or wait. Under the lock of all pools.</summary>
    public int Users { get; set; }

    /// <summary>Gets or sets whether another revision has taken its place: what is in use is closed and not kept. Under the lock of all pools.</summary>
    public bool IsRetired { get; set; }

    /// <summary>Gets whether there is something in it that the next sender needs. Under the lock of all pools.</summary>
    public bool IsEmpty => Users == 0 && Idle.Count == 0 && CurrentRefusal is null;

    private MailRefusal? CurrentRefusal => Volatile.Read(ref _refusal) is { } refusal && time.GetElapsedTime(refusal.At) < RefusalHolds ? refusal : null;

    /// <summary>Waits until one more connection may be in use.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _free.WaitAsync(cancellationToken);

    public void Release() => _free.Release();

    /// <summary>Connects. Until the server has taken the account once, one sender tries and the others wait for what becomes of it.</summary>
    /// <exception cref="AccountAuthenticationException">The server refuses the account, or did so a moment ago.</exception>
    public async Task<AccountSmtpClient> ConnectAsync(MailConnector connector, CancellationToken cancellationToken)
    {
        if (_wasAccepted || !Target.Profile.SignsIn)
        {
            return await TryAsync(connector, cancellationToken).ConfigureAwait(false);
        }

        await _firstSignIn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            CurrentRefusal?.Throw(Target.AccountName);
            return await TryAsync(connector, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _firstSignIn.Release();
        }
    }

    private async Task<AccountSmtpClient> TryAsync(MailConnector connector, CancellationToken cancellationToken)
    {
        try
        {
            var client = await connector.ConnectAsync(Target, cancellationToken).ConfigureAwait(false);
            _wasAccepted = true;
            return client;
        }
        catch (AccountAuthenticationException exception) when (exception.AccountName == Target.AccountName)
        {
            // Not one of the token's account: the mailbox was not asked, and a log-in there must be in force at once.
            _wasAccepted = false;
            Volatile.Write(ref _refusal, new MailRefusal(exception, time.GetTimestamp()));
            throw;
        }
    }
}
