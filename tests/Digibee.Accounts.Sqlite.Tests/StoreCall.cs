namespace Digibee.Accounts;

/// <summary>What one process asks of a store in another: a line of JSON.</summary>
/// <param name="Id">The call's number, in its replies too.</param>
/// <param name="Method">What to do.</param>
internal sealed record StoreCall(int Id, StoreMethod Method)
{
    public bool IsCancelled { get; init; }

    public string? Path { get; init; }

    public RecordKey Key { get; init; }

    public StoredRecord? Record { get; init; }

    public string? ETag { get; init; }

    public int Keep { get; init; }

    public RecordQuery? Query { get; init; }

    public string? KeyText { get; init; }

    public string? Token { get; init; }
}
