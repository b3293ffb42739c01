namespace Digibee.Accounts;

/// <summary>One read of the store that is under way. Changed under the lock of <see cref="AccountReads"/> only.</summary>
internal sealed class AccountRead(AccountAddress address, bool acceptsRollback, long epoch, long begunAt)
{
    public AccountAddress Address { get; } = address;

    public bool AcceptsRollback { get; } = acceptsRollback;

    public long Epoch { get; } = epoch;

    public long BegunAt { get; } = begunAt;

    public bool IsOutdated { get; set; }

    public Task<ReadResult> Result { get; set; } = null!;
}
