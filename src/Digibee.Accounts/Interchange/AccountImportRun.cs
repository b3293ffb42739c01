namespace Digibee.Accounts;

/// <summary>Runs the steps of an import in order, and on a failure takes back those that were done, the last first.</summary>
internal sealed class AccountImportRun(AccountVault vault, IReadOnlyList<AccountImportStep> steps)
{
    private readonly List<(AccountImportStep Step, long Revision)> _done = [];
    private readonly List<AccountImportProblem> _left = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var step in steps)
        {
            try
            {
                var saved = await vault.SaveAsync(step.Account, new AccountSaveOptions { ExpectedRevision = step.ExpectedRevision }, cancellationToken).ConfigureAwait(false);
                _done.Add((step, saved.Revision));
            }
            catch (Exception exception)
            {
                // Whatever it is: a store of the program's own may throw anything.
                if (exception is not AccountConflictException)
                {
                    await FindOutAsync(step).ConfigureAwait(false);
                }

                await TakeBackAsync().ConfigureAwait(false);
                if (_left.Count > 0)
                {
                    throw new AccountImportException(_left, $"The import stopped at account '{step.Account.Name}' ({exception.GetType().Name}), and not all of it could be taken back.", exception);
                }

                throw;
            }
        }
    }

    private async Task TakeBackAsync()
    {
        for (var i = _done.Count - 1; i >= 0; i--)
        {
            var (step, revision) = _done[i];
            try
            {
                await TakeBackAsync(step, revision).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                Leave(step, $"it was saved as revision {revision} and could not be taken back ({exception.GetType().Name}). Look at its history and roll it back or delete it.");
            }
        }
    }

    // A save that threw may have taken effect.
    private async Task FindOutAsync(AccountImportStep step)
    {
        try
        {
            var address = vault.AddressOf(step.Account.Name);
            var head = await vault.Parts.Reader.ReadAsync(address, CancellationToken.None).ConfigureAwait(false);
            if (head is { IsDeleted: false } && head.Revision > step.ExpectedRevision && vault.Parts.Reader.Open(address, head).Account == step.Account)
            {
                _done.Add((step, head.Revision));
            }
        }
        catch (AccountSealException)
        {
            // Then somebody else's is stored, and ours was refused.
        }
        catch (Exception exception)
        {
            Leave(step, $"whether it was saved could not be found out ({exception.GetType().Name}). Look at its history.");
        }
    }

    private async Task TakeBackAsync(AccountImportStep step, long revision)
    {
        if (step.ExpectedRevision == 0)
        {
            await vault.DeleteAsync(step.Account.Name, new AccountDeleteOptions { ExpectedRevision = revision, EvenIfInUse = true }).ConfigureAwait(false);
        }
        else if (step.Previous is { } previous)
        {
            await vault.SaveAsync(previous, new AccountSaveOptions { ExpectedRevision = revision }).ConfigureAwait(false);
        }
        else
        {
            Leave(step, $"it was saved as revision {revision} in place of one that does not open, which cannot be saved again.");
        }
    }

    private void Leave(AccountImportStep step, string message) => _left.Add(new AccountImportProblem(0, step.Account.Name, null, message));
}
