using System.Buffers.Text;
using System.Text;

namespace Digibee.Accounts;

/// <summary>Cuts what is written into signed chunks and writes them on. It holds one chunk. For one owner at a time.</summary>
internal sealed class AwsV4ChunkedStream : Stream
{
    /// <summary>The bytes of each chunk but the last. S3 takes 8 KiB and more.</summary>
    public const int ChunkLength = 64 * 1024;

    // Five digits, the longest signature and what stands between them.
    private const int HeadLength = 192;

    private readonly Stream _target;
    private readonly AwsV4ChunkSigner _signer;
    private readonly AwsV4Checksum? _checksum;
    private readonly AwsV4BodyLength _expected;

    // A chunk is built in place, its head right before it, so that it goes out in one write.
    private readonly byte[] _buffer = new byte[HeadLength + ChunkLength + 2];
    private int _count;
    private long _written;

    public AwsV4ChunkedStream(Stream target, AwsV4ChunkSigner signer, AwsV4Checksum? checksum, AwsV4BodyLength expected)
    {
        _target = target;
        _signer = signer;
        _checksum = checksum;
        _expected = expected;
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

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (Take(ref buffer))
        {
            _target.Write(CloseChunk().Span);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (TakeMemory(ref buffer))
        {
            await _target.WriteAsync(CloseChunk(), cancellationToken).ConfigureAwait(false);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Writes the rest, the chunk that ends the body, and the trailer.</summary>
    /// <exception cref="AccountUnavailableException">The body was shorter than its length.</exception>
    public void Finish()
    {
        _expected.DemandAll(_written);
        if (_count > 0)
        {
            _target.Write(CloseChunk().Span);
        }

        _target.Write(CloseBody().Span);
    }

    /// <inheritdoc cref="Finish"/>
    public async ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        _expected.DemandAll(_written);
        if (_count > 0)
        {
            await _target.WriteAsync(CloseChunk(), cancellationToken).ConfigureAwait(false);
        }

        await _target.WriteAsync(CloseBody(), cancellationToken).ConfigureAwait(false);
    }

    public override void Flush()
    {
    }

    // A chunk ends when it is full, not when somebody is in a hurry: S3 refuses small ones.
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private bool TakeMemory(ref ReadOnlyMemory<byte> bytes)
    {
        var rest = bytes.Span;
        var isFull = Take(ref rest);
        bytes = bytes[^rest.Length..];
        return isFull;
    }

    // Tells whether a chunk is full.
    private bool Take(ref ReadOnlySpan<byte> bytes)
    {
        var taken = bytes[..Math.Min(bytes.Length, ChunkLength - _count)];
        _written += taken.Length;
        _expected.DemandNoMore(_written);
        taken.CopyTo(_buffer.AsSpan(HeadLength + _count));
        _count += taken.Length;
        bytes = bytes[taken.Length..];
        return _count == ChunkLength;
    }

    private ReadOnlyMemory<byte> CloseChunk()
    {
        var data = _buffer.AsSpan(HeadLength, _count);
        _checksum?.Append(data);
        Span<byte> head = stackalloc byte[HeadLength];
        var headLength = WriteHead(head, _count, _signer.SignChunk(data));
        head[..headLength].CopyTo(_buffer.AsSpan(HeadLength - headLength));
        "\r\n"u8.CopyTo(_buffer.AsSpan(HeadLength + _count));
        var chunk = _buffer.AsMemory(HeadLength - headLength, headLength + _count + 2);
        _count = 0;
        return chunk;
    }

    private ReadOnlyMemory<byte> CloseBody()
    {
        var length = WriteHead(_buffer, 0, _signer.SignChunk(default));
        if (_checksum is not null)
        {
            var line = $"{_checksum.Name}:{_checksum.Finish()}";
            var signature = Encoding.ASCII.GetString(_signer.SignTrailer(Encoding.ASCII.GetBytes(line + "\n")));
            length += Encoding.ASCII.GetBytes($"{line}\r\nx-amz-trailer-signature:{signature}\r\n", _buffer.AsSpan(length));
        }

        "\r\n"u8.CopyTo(_buffer.AsSpan(length));
        return _buffer.AsMemory(0, length + 2);
    }

    private static int WriteHead(Span<byte> head, int count, ReadOnlySpan<byte> signature)
    {
        Utf8Formatter.TryFormat(count, head, out var length, 'x');
        var between = ";chunk-signature="u8;
        between.CopyTo(head[length..]);
        length += between.Length;
        signature.CopyTo(head[length..]);
        length += signature.Length;
        "\r\n"u8.CopyTo(head[length..]);
        return length + 2;
    }
}
