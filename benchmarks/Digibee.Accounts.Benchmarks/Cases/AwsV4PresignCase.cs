namespace Digibee.Accounts;

/// <summary>A presigned URL, against the presigner of AWSSDK.Core.</summary>
internal sealed class AwsV4PresignCase() : ComparisonCase("AWS V4 presign")
{
    private AwsV4PresignSubject _subject = null!;

    public override void SetUp() => _subject = new AwsV4PresignSubject();

    public override void RunOurs(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            _subject.SignOurs();
        }
    }

    public override void RunPeer(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            _subject.SignSdk();
        }
    }

    public override void Dispose()
    {
        _subject?.Dispose();
        base.Dispose();
    }
}
