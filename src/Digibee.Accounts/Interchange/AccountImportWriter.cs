namespace Digibee.Accounts;

/// <summary>Saves imported accounts, all or none: first everything is looked at, then each is saved over exactly what was seen, and on a failure what was saved is taken back.</summary>
internal sealed class AccountImportWriter(AccountVault vault, AccountImportConflict conflict, ImportProblems problems)
{
    private readonly List<string> _created = [];
    private readonly List<string> _replaced = [];
    private readonly List<string> _skipped = [];
    private readonly List<string> _unchanged = [];

    public async Task<AccountImportResult> WriteAsync(IReadOnlyList<ImportedAccount> accounts, CancellationToken cancellationToken)
    {
        Check(accounts);
        problems.ThrowIfAny();
        var steps = await PlanAsync(accounts, cancellationToken).ConfigureAwait(false);
        problems.ThrowIfAny();
        await new AccountImportRun(vault, steps).RunAsync(cancellationToken).ConfigureAwait(false);
        return new AccountImportResult
        {
            Created = [.. _created],
            Replaced = [.. _replaced],
            Skipped = [.. _skipped],
            Unchanged = [.. _unchanged],
        };
    }

    private void Check(IReadOnlyList<ImportedAccount> accounts)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (position, account) in accounts)
        {
            if (!names.Add(account.Name))
            {
                problems.Add(position, account.Name, null, "the name stands there twice. Leave one out.");
            }

            if (vault.Parts.Configured.Find(vault.Partition, account.Name) is not null)
            {
                problems.Add(position, account.Name, null, "an account of the program's configuration has that name, and is read only. Take one of them out.");
            }

            try
            {
                vault.Parts.Writer.Inspect(account);
            }
            catch (AccountValidationException exception)
            {
                foreach (var problem in exception.Problems)
                {
                    problems.Add(position, account.Name, problem.Field, problem.Message);
                }
            }
        }
    }

    private async Task<IReadOnlyList<AccountImportStep>> PlanAsync(IReadOnlyList<ImportedAccount> accounts, CancellationToken cancellationToken)
    {
        var steps = new List<AccountImportStep>();
        foreach (var (position, account) in accounts)
        {
            var address = vault.AddressOf(account.Name);
            var head = await vault.Parts.Reader.ReadAsync(address, cancellationToken).ConfigureAwait(false);
            if (head is null or { IsDeleted: true })
            {
                _created.Add(account.Name);
                steps.Add(new AccountImportStep(account, ExpectedRevision: 0, Previous: null));
                continue;
            }

            var stored = TryOpen(address, head);
            if (stored == account)
            {
                _unchanged.Add(account.Name);
            }
            else if (conflict == AccountImportConflict.Replace)
            {
                _replaced.Add(account.Name);
                steps.Add(new AccountImportStep(account, head.Revision, stored));
            }
            else if (conflict == AccountImportConflict.Skip)
            {
                _skipped.Add(account.Name);
            }
            else
            {
                problems.Add(position, account.Name, null, $"an account of that name is stored, in revision {head.Revision}. Skip or replace it by the Conflict option, or leave it out.");
            }
        }

        return steps;
    }

    // An account that does not open any more can be replaced, as by a save.
    private Account? TryOpen(AccountAddress address, StoredRecord head)
    {
        try
        {
            return vault.Parts.Reader.Open(address, head).Account;
        }
        catch (AccountSealException)
        {
            return null;
        }
    }
}
