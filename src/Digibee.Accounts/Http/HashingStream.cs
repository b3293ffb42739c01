using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>Hashes what a content writes and keeps nothing of it. For one owner at a time.</summary>
internal sealed class HashingStream : Stream
{
    private static readonly IdleSlots<HashingStream> IdleSha256 = new();
    private static readonly IdleSlots<HashingStream> IdleSha512 = new();

    private readonly IdleSlots<HashingStream> _idle;
    private readonly IncrementalHash _hash;

    private HashingStream(HashAlgorithmName algorithm, IdleSlots<HashingStream> idle)
    {
        _hash = IncrementalHash.CreateHash(algorithm);
        _idle = idle;
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Gets the bytes of the hash.</summary>
    public int HashLength => _hash.HashLengthInBytes;

    public static HashingStream TakeSha256() => IdleSha256.TryTake() ?? new HashingStream(HashAlgorithmName.SHA256, IdleSha256);

    public static HashingStream TakeSha512() => IdleSha512.TryTake() ?? new HashingStream(HashAlgorithmName.SHA512, IdleSha512);

    /// <summary>Gives the hash, and the stream back.</summary>
    /// <param name="hash">Takes <see cref="HashLength"/> bytes.</param>
    public void Finish(Span<byte> hash)
    {
        _hash.GetHashAndReset(hash);
        if (!_idle.TryPut(this))
        {
            Dispose();
        }
    }

    /// <summary>Gives the hash in hexadecimal, and the stream back.</summary>
    public string FinishHex()
    {
        Span<byte> hash = stackalloc byte[SHA512.HashSizeInBytes];
        hash = hash[..HashLength];
        Finish(hash);
        return Convert.ToHexStringLower(hash);
    }

    public override void Write(ReadOnlySpan<byte> buffer) => _hash.AppendData(buffer);

    public override void Write(byte[] buffer, int offset, int count) => _hash.AppendData(buffer, offset, count);

    // Within the call: hashing is all there is, and the content reads ahead by itself if it wants to.
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _hash.AppendData(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        _hash.AppendData(buffer, offset, count);
        return Task.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }
}
