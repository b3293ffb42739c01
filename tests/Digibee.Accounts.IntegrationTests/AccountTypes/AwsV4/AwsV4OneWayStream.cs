namespace Digibee.Accounts;

/// <summary>Bytes that come once, and in no known number.</summary>
internal sealed class AwsV4OneWayStream(byte[] bytes) : MemoryStream(bytes)
{
    public override bool CanSeek => false;
}
