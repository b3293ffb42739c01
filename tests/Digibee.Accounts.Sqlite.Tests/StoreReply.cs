namespace Digibee.Accounts;

/// <summary>What a process answers to a <see cref="StoreCall"/>; to <see cref="StoreMethod.Watch"/> more than once.</summary>
/// <param name="Id">The call's number.</param>
internal sealed record StoreReply(int Id)
{
    public StoredRecord? Record { get; init; }

    public string? ETag { get; init; }

    public bool IsTaken { get; init; }

    public RecordPage? Page { get; init; }

    public RecordChange Change { get; init; }

    public StoreReplyFailure? Failure { get; init; }
}
