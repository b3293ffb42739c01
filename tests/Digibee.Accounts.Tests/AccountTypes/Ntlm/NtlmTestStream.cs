namespace Digibee.Accounts;

/// <summary>A connection that gives what it has in pieces of some length, and then its end.</summary>
internal sealed class NtlmTestStream(byte[] bytes, int pieceLength) : MemoryStream(bytes)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(Read(buffer.Span[..Math.Min(pieceLength, buffer.Length)]));
}
