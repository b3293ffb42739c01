namespace Digibee.Accounts;

/// <summary>A stream that can be read once.</summary>
internal sealed class UnseekableStream(byte[] bytes) : MemoryStream(bytes)
{
    public override bool CanSeek => false;
}
