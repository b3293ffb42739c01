using System.Diagnostics;
using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>A key, of a keytab or of a session, on the pinned heap and wiped when disposed. Safe for concurrent use.</summary>
[DebuggerDisplay("{Type}")]
internal sealed class KerberosKey : IDisposable
{
    private readonly KerberosEncryption _encryption;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _value;

    private volatile bool _isDisposed;

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

    public KerberosEncryptionType Type => _encryption.Type;

    /// <summary>Gets its place in the order of strength, the strongest first.</summary>
    public int Rank => _encryption.Rank;

    /// <summary>Gets the number of the checksum that goes with it.</summary>
    public int ChecksumType => _encryption.ChecksumType;

    public byte[] Encrypt(KerberosKeyUsage usage, ReadOnlySpan<byte> plaintext)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        Span<byte> confounder = stackalloc byte[_encryption.ConfounderLength];
        RandomNumberGenerator.Fill(confounder);
        var ciphertext = new byte[plaintext.Length + _encryption.Overhead];
        _encryption.Encrypt(_value, usage, confounder, plaintext, ciphertext);
        return ciphertext;
    }

    /// <summary>Decrypts; the caller disposes what it gets.</summary>
    /// <returns>The plaintext; <see langword="null"/> when it was not made with this key for this use.</returns>
    public SecretBuffer? TryDecrypt(KerberosKeyUsage usage, ReadOnlySpan<byte> ciphertext)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var length = ciphertext.Length - _encryption.Overhead;
        if (length < 0)
        {
            return null;
        }

        var plaintext = new SecretBuffer(length, length);
        if (_encryption.TryDecrypt(_value, usage, ciphertext, plaintext.Span))
        {
            return plaintext;
        }

        plaintext.Dispose();
        return null;
    }

    public byte[] Checksum(KerberosKeyUsage usage, ReadOnlySpan<byte> data)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var checksum = new byte[_encryption.ChecksumLength];
        _encryption.Checksum(_value, usage, data, checksum);
        return checksum;
    }

    public void Dispose()
    {
        _isDisposed = true;
        CryptographicOperations.ZeroMemory(_value);
    }
}
