using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>Plaintext on the pinned heap, wiped when disposed.</summary>
internal sealed class SecretBuffer : IDisposable
{
    private readonly byte[] _bytes;
    private readonly int _length;

    public SecretBuffer(int capacity, int length)
    {
        _bytes = GC.AllocateUninitializedArray<byte>(capacity, pinned: true);
        _length = length;
    }

    public Span<byte> Span => _bytes.AsSpan(0, _length);

    public void Dispose() => CryptographicOperations.ZeroMemory(_bytes);
}
