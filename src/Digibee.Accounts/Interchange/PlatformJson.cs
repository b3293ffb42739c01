namespace Digibee.Accounts;

/// <summary>Accounts as JSON under the platform's own names, <c>{"name":"crm","type":"basic","USERNAME":"…","PASSWORD":"…"}</c>, with their secrets in clear.</summary>
/// <remarks>
/// <para>One object, an array of them, or one object after another. <c>name</c> and <c>type</c> are needed; <c>description</c>, <c>expiresAt</c> (or <c>EXPIRATION-DATE</c> as DD/MM/YYYY), <c>allowedOrigins</c> and
/// <c>projects</c> may be there, and the fields of the type under the platform's name or ours. Case, hyphens and underscores of names do not count, nor do they in types (<c>AWS_4</c>). Lists are arrays, or one text with commas.</para>
/// <para>What the platform leaves out is read as it means it: an API key goes into the query, a secret key is text. <c>STARTTLS_ENABLE</c> and <c>AUTH</c> of mail accounts are the flags of Jakarta Mail; <c>AUTH</c> may also name
/// SASL mechanisms.</para>
/// </remarks>
public static class PlatformJson
{
    internal const int MaxLength = 64 * 1024 * 1024;

    /// <summary>Reads accounts. All problems of all of them are reported at once; a field that a type does not have is one.</summary>
    /// <param name="utf8Json">The JSON; at most 64 MiB. The caller wipes it.</param>
    /// <returns>The accounts, not saved yet: <see cref="AccountInterchangeExtensions.SaveAllAsync"/> saves them.</returns>
    /// <exception cref="AccountImportException">Something is not right. Nothing of a value is in it.</exception>
    public static IReadOnlyList<Account> Read(ReadOnlySpan<byte> utf8Json)
    {
        var problems = new ImportProblems();
        var accounts = new PlatformJsonReader(problems).Read(utf8Json);
        problems.ThrowIfAny();
        return accounts;
    }

    /// <summary>Writes accounts with their secrets in clear, as <see cref="Read"/> takes them: whoever reads the output has the credentials. For a copy that can be kept, see <see cref="AccountInterchangeExtensions.ExportAsync"/>.</summary>
    /// <param name="output">Where to. It is not closed.</param>
    /// <param name="accounts">The accounts, as the vault gives them.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>A task that ends when all is written.</returns>
    public static async Task WriteRevealedAsync(Stream output, IEnumerable<Account> accounts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(accounts);
        using var text = PlatformJsonWriter.Write(accounts);
        await output.WriteAsync(text.Memory, cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
