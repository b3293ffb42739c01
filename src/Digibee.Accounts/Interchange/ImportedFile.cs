namespace Digibee.Accounts;

/// <summary>What one foreign file gives: drafts become accounts under names that are free, and whatever does not is listed.</summary>
internal sealed class ImportedFile
{
    // The widest that options can set: what a vault takes is for the vault to check.
    private static readonly AccountLimits Widest = new() { ValueLength = 500_000 };

    private readonly List<Account> _accounts = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly ImportProblems _unsupported = new();

    /// <exception cref="AccountImportException">The file is too long.</exception>
    public ImportedFile(int length)
    {
        if (length > AccountImporters.MaxLength)
        {
            throw Refused("the file is longer than 1 MiB. Is it the right one?");
        }
    }

    /// <exception cref="AccountImportException">It is no UTF-8 text.</exception>
    public static void DemandText(ReadOnlySpan<byte> utf8)
    {
        if (!System.Text.Unicode.Utf8.IsValid(utf8))
        {
            throw Refused("the file is not UTF-8 text. Is it the right one?");
        }
    }

    public static AccountImportException Refused(string problem) => new([new AccountImportProblem(0, null, null, problem)], "Nothing was imported.");

    public AccountImport ToImport() => new(_accounts, _unsupported.All);

    public void Unsupported(int position, string? accountName, string? field, string message) => _unsupported.Add(position, accountName, field, message);

    /// <summary>Begins an account under a name made of what the file calls it, and of a number where that is taken; <see langword="null"/> when no name can be made.</summary>
    public AccountDraft? Begin(int position, string sourceName, AccountType type)
    {
        if (ImportedName.Of(sourceName) is not { } wanted)
        {
            Unsupported(position, null, null, "its name holds no letter or digit that an account's name could be made of. Rename it there.");
            return null;
        }

        var name = wanted;
        while (!_names.Add(name))
        {
            // From where the last one of this name stopped: thousands may have the same.
            var number = _numbers[wanted] = _numbers.GetValueOrDefault(wanted, 1) + 1;
            var ending = $"-{number}";
            name = $"{wanted.AsSpan(0, Math.Min(wanted.Length, AccountAddress.MaxPartLength - ending.Length))}{ending}";
        }

        return new AccountDraft(name, type) { Description = name == sourceName ? null : $"Imported as {ImportedName.Shown(sourceName)}" };
    }

    /// <summary>Sets a field to some UTF-8 text; what is no UTF-8 is a problem of the field.</summary>
    public static void Set(AccountDraft draft, string propertyName, ReadOnlySpan<byte> utf8)
    {
        var field = AccountFieldSpelling.Find(draft.Type, propertyName)!;
        if (!System.Text.Unicode.Utf8.IsValid(utf8))
        {
            draft.Refuse(field, "it is not UTF-8 text.");
        }
        else if (field.IsSecret)
        {
            draft.Set(field, new Secret(utf8));
        }
        else
        {
            draft.Set(field, System.Text.Encoding.UTF8.GetString(utf8));
        }
    }

    public void Add(int position, AccountDraft draft)
    {
        if (draft.ToAccount(new AccountInspection(Widest)) is { } account)
        {
            _accounts.Add(account);
        }

        foreach (var problem in draft.Problems)
        {
            Unsupported(position, draft.Name, problem.Field, problem.Message);
        }
    }
}
