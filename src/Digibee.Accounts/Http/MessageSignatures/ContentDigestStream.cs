using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>Reads a content and compares it with its digest. Reading only. For one owner at a time.</summary>
internal sealed class ContentDigestStream : Stream
{
    private readonly Stream _content;
    private readonly ContentDigest? _digest;
    private readonly long? _length;
    private readonly string _accountName;
    private readonly IncrementalHash? _hash;
    private long _read;
    private bool? _isRight;

    /// <summary>Initializes a new instance.</summary>
    /// <param name="content">The content; disposed with this.</param>
    /// <param name="digest">What it has to hash to; <see langword="null"/> when nothing of it is signed, so that nothing may be there.</param>
    /// <param name="length">Its length, where that is known: a reader that stops there gets no last byte that is wrong either.</param>
    /// <param name="accountName">The account that checked the signature.</param>
    public ContentDigestStream(Stream content, ContentDigest? digest, long? length, string accountName)
    {
        _content = content;
        _digest = digest;
        _length = length;
        _accountName = accountName;
        _hash = digest is null ? null : IncrementalHash.CreateHash(digest.Algorithm);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        DemandNotWrong();
        var read = _content.Read(buffer);
        return buffer.IsEmpty ? read : Take(buffer[..read]);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        DemandNotWrong();
        var read = await _content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        return buffer.IsEmpty ? read : Take(buffer.Span[..read]);
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash?.Dispose();
            _content.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Take(Span<byte> bytes)
    {
        _read += bytes.Length;
        if (_hash is null)
        {
            _isRight = bytes.IsEmpty;
        }
        else if (_isRight is null)
        {
            _hash.AppendData(bytes);
            if (bytes.IsEmpty || _read == _length)
            {
                Conclude();
            }
        }
        else if (!bytes.IsEmpty)
        {
            // More than its length.
            _isRight = false;
        }

        if (_isRight is false)
        {
            bytes.Clear();
        }

        DemandNotWrong();
        return bytes.Length;
    }

    private void Conclude()
    {
        Span<byte> hash = stackalloc byte[SHA512.HashSizeInBytes];
        hash = hash[.._hash!.GetHashAndReset(hash)];
        _isRight = _digest!.Is(hash);
    }

    private void DemandNotWrong()
    {
        if (_isRight is false)
        {
            throw new MessageSignatureException(_accountName, MessageSignatureFailure.ContentWrong, ContentDigestCheck.Reason(_accountName, _digest));
        }
    }
}
