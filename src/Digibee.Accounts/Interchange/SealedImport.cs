namespace Digibee.Accounts;

/// <summary>Opens the lines of an export. What they are bound to is where the caller says the export is from, never what a line says of itself.</summary>
internal sealed class SealedImport(AccountVault vault, AccountImportOptions options, ImportProblems problems)
{
    private const int MaxLines = 100_000;

    private readonly string _realm = AccountAddress.CheckPart(options.SourceRealm ?? vault.Realm, nameof(options.SourceRealm));
    private readonly string _environment = AccountAddress.CheckPart(options.SourceEnvironment ?? vault.Environment, nameof(options.SourceEnvironment));

    public async Task<IReadOnlyList<ImportedAccount>> ReadAsync(Stream input, CancellationToken cancellationToken)
    {
        var sealer = options.KeyRing is { } keyRing ? new AccountSealer(keyRing) : null;
        var accounts = new List<ImportedAccount>();
        var lines = new BoundedLines(input, SealedLine.MaxLength, SealedExport.MaxLength);
        while (await lines.ReadAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (lines.Number > MaxLines)
            {
                problems.Add(lines.Number, null, null, "there are more than 100,000 lines. Import in parts.");
                break;
            }

            if (!line.Span.Trim(" \t"u8).IsEmpty && Open(lines.Number, line.Span, sealer) is { } account)
            {
                accounts.Add(new ImportedAccount(lines.Number, account));
            }
        }

        if (lines.IsTooLong)
        {
            problems.Add(lines.Number, null, null, "the line is longer than an account can be, or the whole is longer than 256 MiB. Import in parts.");
        }

        return accounts;
    }

    private Account? Open(int number, ReadOnlySpan<byte> line, AccountSealer? sealer)
    {
        if (SealedLine.TryRead(line) is not { } record || !AccountAddress.IsPart(record.Key.Name))
        {
            problems.Add(number, null, null, "it is not a line of an export of this version. Take it as it was written, or leave it out.");
            return null;
        }

        var address = new AccountAddress(_realm, _environment, record.Key.Name);
        if (record.Key.Partition != address.Partition)
        {
            problems.Add(number, address.Name, null, $"it was not exported from realm '{_realm}', environment '{_environment}'. Say in SourceRealm and SourceEnvironment where it is from.");
            return null;
        }

        try
        {
            return (sealer is null ? vault.Parts.Reader.Open(address, record) : AccountReader.Open(sealer, address, record)).Account;
        }
        catch (AccountSealException exception)
        {
            problems.Add(number, address.Name, null, exception.Reason == AccountSealFailure.UnknownKey
                ? "the key ring does not hold the key it was sealed with. Give the ring that exported it in KeyRing."
                : $"it does not open ({exception.Reason}): the line was changed, or is of another version.");
            return null;
        }
    }
}
