using System.Diagnostics;
using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>A key, of a keytab or of a session, on the pinned heap and wiped when disposed; if nobody does, when the garbage collector takes it. Safe for concurrent use.</summary>
[DebuggerDisplay("{Type}")]
internal sealed class KerberosKey : IDisposable
{
    private readonly KerberosEncryption _encryption;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _value;

    private readonly Lock _lock = new();
    private bool _isDisposed;

    /// <summary>Initializes a new instance with a copy of a key.</summary>
    /// <param name="encryption">Its type.</param>
    /// <param name="value">As many bytes as keys of this type have.</param>
    public KerberosKey(KerberosEncryption encryption, ReadOnlySpan<byte> value)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(value.Length, encryption.KeyLength);
        _encryption = encryption;
        _value = GC.AllocateUninitializedArray<byte>(value.Length, pinned: true);
        value.CopyTo(_value);
    }

    // A late request that asks an evicted account for its keys once more gets new ones, which no eviction follows.
#pragma warning disable MA0055 // Nobody owns such a key, and it is to be wiped all the same.
    ~KerberosKey() => CryptographicOperations.ZeroMemory(_value);
#pragma warning restore MA0055

    public KerberosEncryptionType Type => _encryption.Type;

    /// <summary>Gets its place in the order of strength, the strongest first.</summary>
    public int Rank => _encryption.Rank;

    /// <summary>Gets the number of the checksum that goes with it.</summary>
    public int ChecksumType => _encryption.ChecksumType;

    public byte[] Encrypt(KerberosKeyUsage usage, ReadOnlySpan<byte> plaintext)
    {
        Span<byte> key = stackalloc byte[_value.Length];
        Span<byte> confounder = stackalloc byte[_encryption.ConfounderLength];
        RandomNumberGenerator.Fill(confounder);
        var ciphertext = new byte[plaintext.Length + _encryption.Overhead];
        CopyTo(key);
        try
        {
            _encryption.Encrypt(key, usage, confounder, plaintext, ciphertext);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }

        return ciphertext;
    }

    /// <summary>Decrypts; the caller disposes what it gets.</summary>
    /// <returns>The plaintext; <see langword="null"/> when it was not made with this key for this use.</returns>
    public SecretBuffer? TryDecrypt(KerberosKeyUsage usage, ReadOnlySpan<byte> ciphertext)
    {
        Span<byte> key = stackalloc byte[_value.Length];
        CopyTo(key);
        try
        {
            var length = ciphertext.Length - _encryption.Overhead;
            if (length < 0)
            {
                return null;
            }

            var plaintext = new SecretBuffer(length, length);
            if (_encryption.TryDecrypt(key, usage, ciphertext, plaintext.Span))
            {
                return plaintext;
            }

            plaintext.Dispose();
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    public byte[] Checksum(KerberosKeyUsage usage, ReadOnlySpan<byte> data)
    {
        Span<byte> key = stackalloc byte[_value.Length];
        var checksum = new byte[_encryption.ChecksumLength];
        CopyTo(key);
        try
        {
            _encryption.Checksum(key, usage, data, checksum);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }

        return checksum;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            CryptographicOperations.ZeroMemory(_value);
        }

        GC.SuppressFinalize(this);
    }

    // A copy for each use: the key may be wiped meanwhile, and zeros are a key like any other.
    private void CopyTo(Span<byte> key)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _value.CopyTo(key);
        }

        // Not finalized, and so wiped, before the copy is made.
        GC.KeepAlive(this);
    }
}
