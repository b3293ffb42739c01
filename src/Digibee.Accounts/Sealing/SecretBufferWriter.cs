using System.Buffers;
using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>Collects plaintext on the pinned heap and wipes whatever it outgrows or leaves.</summary>
internal sealed class SecretBufferWriter : IBufferWriter<byte>, IDisposable
{
    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(1024, pinned: true);
    private int _length;

    /// <summary>Gets how many bytes were written.</summary>
    public int Length => _length;

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _bytes.Length - _length);
        _length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Copies what was written.</summary>
    public SecretBuffer ToSecretBuffer()
    {
        var buffer = new SecretBuffer(_length, _length);
        _bytes.AsSpan(0, _length).CopyTo(buffer.Span);
        return buffer;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_bytes);

    private void Reserve(int count)
    {
        if (_bytes.Length - _length >= count)
        {
            return;
        }

        var larger = GC.AllocateUninitializedArray<byte>(checked(Math.Max(_bytes.Length * 2, _length + count)), pinned: true);
        _bytes.AsSpan(0, _length).CopyTo(larger);
        CryptographicOperations.ZeroMemory(_bytes);
        _bytes = larger;
    }
}
