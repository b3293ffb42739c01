namespace Digibee.Accounts;

/// <summary>One rule of the contract, with the code that drives a store through it.</summary>
public sealed class AccountStoreCase
{
    private readonly Func<AccountStoreRun, Task> _drive;

    internal AccountStoreCase(string name, Func<AccountStoreRun, Task> drive)
    {
        Name = name;
        _drive = drive;
    }

    /// <summary>Gets the rule as a sentence, unique among the cases.</summary>
    public string Name { get; }

    /// <summary>Runs the case. It ends within <see cref="AccountStoreHarness.CaseTimeout"/>, whatever the store does, and disposes the stores it was given.</summary>
    /// <param name="harness">How to reach the store; for this run alone.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <returns>A task that ends when the store has passed.</returns>
    /// <exception cref="AccountStoreContractException">The store does not keep the contract, or did not answer in time.</exception>
    /// <exception cref="InvalidOperationException">The harness has served another run.</exception>
    public async Task RunAsync(AccountStoreHarness harness, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(harness);
        harness.Take();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var run = new AccountStoreRun(Name, harness, ending.Token);
        try
        {
            // On the pool, and left behind when it is late: a store that blocks or ignores its token must not hold the suite.
            await Task.Run(() => DriveAsync(run), CancellationToken.None).WaitAsync(harness.CaseTimeout, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new AccountStoreContractException(Name, $"an end within {harness.CaseTimeout}", "none");
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Returns the name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;

    private async Task DriveAsync(AccountStoreRun run)
    {
        await using (run.ConfigureAwait(false))
        {
            try
            {
                await run.ConnectAsync().ConfigureAwait(false);
                await _drive(run).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not AccountStoreContractException && !(exception is OperationCanceledException && run.Token.IsCancellationRequested))
            {
                throw new AccountStoreContractException(Name, "no exception", exception.GetType().Name, exception);
            }
        }
    }
}
