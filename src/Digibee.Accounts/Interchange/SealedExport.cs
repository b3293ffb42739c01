using System.Buffers;

namespace Digibee.Accounts;

/// <summary>Writes stored rows as lines, each proved to open.</summary>
internal static class SealedExport
{
    /// <summary>The most bytes there may be, so that whatever is exported can be imported.</summary>
    public const int MaxLength = 256 * 1024 * 1024;

    public static async Task<int> WriteAsync(AccountVault vault, Stream output, AccountQuery? query, CancellationToken cancellationToken)
    {
        var lines = new ArrayBufferWriter<byte>();
        var count = 0;
        await foreach (var record in vault.Parts.Listing.ReadRowsAsync(vault.Partition, query, cancellationToken).ConfigureAwait(false))
        {
            if (!AccountAddress.IsPart(record.Key.Name))
            {
                throw new AccountSealException(null, AccountSealFailure.Malformed, "A row of the store has a name that is no account's, so nothing was exported. A listing logs where it stands.");
            }

            vault.Parts.Reader.Open(vault.AddressOf(record.Key.Name), record);
            SealedLine.Write(record, lines);
            count++;
            if (lines.WrittenCount > MaxLength)
            {
                throw new InvalidOperationException("The export would be longer than 256 MiB. Export in parts, by NamePrefix or Type of the query.");
            }
        }

        await output.WriteAsync(lines.WrittenMemory, cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        return count;
    }
}
