namespace Digibee.Accounts;

/// <summary>A folder of the test vectors in <c>ACCOUNTS_VECTORS</c>. They belong to others and are not copied here, so without the variable their tests are skipped, visibly.</summary>
/// <param name="name">The folder's name.</param>
internal sealed class VectorFolder(string name)
{
    private readonly string? _path = Environment.GetEnvironmentVariable("ACCOUNTS_VECTORS") is { Length: > 0 } root ? Path.Combine(root, name) : null;

    public bool IsThere => _path is not null;

    public string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([_path!, .. parts]);

    /// <summary>Gives the cases of a theory; without the vectors one that is skipped, because a theory without any fails.</summary>
    public TheoryDataRow<string>[] Rows(Func<IEnumerable<string>> names) => _path is null
        ? [new TheoryDataRow<string>("none") { Skip = "ACCOUNTS_VECTORS is not set." }]
        : [.. names().Select(static name => new TheoryDataRow<string>(name))];
}
