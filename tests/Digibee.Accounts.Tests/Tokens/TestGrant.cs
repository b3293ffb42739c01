namespace Digibee.Accounts;

/// <summary>A grant whose exchange a test writes, counts and holds up.</summary>
internal sealed class TestGrant(TestGrantSource source, OpenedAccount opened, TokenKey key, long stamp) : TokenGrant(opened, key)
{
    public override long Stamp => stamp;

    public override bool IsRecreatable => source.IsRecreatable;

    public override async Task<TokenAnswer> RequestAsync(TokenSet? stored, CancellationToken cancellationToken)
    {
        source.Begun();
        await source.Gate.WaitAsync(cancellationToken);
        return source.Exchange(stored);
    }
}
