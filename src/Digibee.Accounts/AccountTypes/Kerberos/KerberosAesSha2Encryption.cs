using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary><c>aes128-cts-hmac-sha256-128</c> and <c>aes256-cts-hmac-sha384-192</c> (RFC 8009). The hash covers the ciphertext, so it is checked before anything is decrypted.</summary>
internal sealed class KerberosAesSha2Encryption(KerberosEncryptionType type) : KerberosEncryption
{
    private const int Block = KerberosCipherTextStealing.BlockLength;
    private const byte ForChecksum = 0x99;
    private const byte ForEncryption = 0xAA;
    private const byte ForIntegrity = 0x55;

    private readonly bool _is256 = type == KerberosEncryptionType.Aes256Sha384;

    public override KerberosEncryptionType Type => type;

    public override int KeyLength => _is256 ? 32 : 16;

    public override int ChecksumType => _is256 ? 20 : 19;

    // Half of the hash; and as long as the keys of checksum and integrity.
    public override int ChecksumLength => _is256 ? 24 : 16;

    public override int ConfounderLength => Block;

    public override int Overhead => Block + ChecksumLength;

    public override void Encrypt(ReadOnlySpan<byte> key, KerberosKeyUsage usage, ReadOnlySpan<byte> confounder, ReadOnlySpan<byte> plaintext, Span<byte> destination)
    {
        using var confounded = new SecretBuffer(Block + plaintext.Length, Block + plaintext.Length);
        confounder.CopyTo(confounded.Span);
        plaintext.CopyTo(confounded.Span[Block..]);
        var encrypted = destination[..confounded.Span.Length];

        Span<byte> derived = stackalloc byte[KeyLength];
        Derive(key, usage, ForEncryption, derived);
        KerberosCipherTextStealing.Encrypt(derived, confounded.Span, encrypted);
        CryptographicOperations.ZeroMemory(derived);
        HashOfCiphertext(key, usage, encrypted, destination[encrypted.Length..]);
    }

    public override bool TryDecrypt(ReadOnlySpan<byte> key, KerberosKeyUsage usage, ReadOnlySpan<byte> ciphertext, Span<byte> plaintext)
    {
        Span<byte> hash = stackalloc byte[ChecksumLength];
        var encrypted = ciphertext[..^ChecksumLength];
        HashOfCiphertext(key, usage, encrypted, hash);
        if (!CryptographicOperations.FixedTimeEquals(hash, ciphertext[^ChecksumLength..]))
        {
            plaintext.Clear();
            return false;
        }

        using var confounded = new SecretBuffer(encrypted.Length, encrypted.Length);
        Span<byte> derived = stackalloc byte[KeyLength];
        Derive(key, usage, ForEncryption, derived);
        KerberosCipherTextStealing.Decrypt(derived, encrypted, confounded.Span);
        CryptographicOperations.ZeroMemory(derived);
        return Accept(isValid: true, confounded.Span, plaintext);
    }

    public override void Checksum(ReadOnlySpan<byte> key, KerberosKeyUsage usage, ReadOnlySpan<byte> data, Span<byte> destination)
    {
        Span<byte> derived = stackalloc byte[ChecksumLength];
        Derive(key, usage, ForChecksum, derived);
        Hash(derived, data, destination);
        CryptographicOperations.ZeroMemory(derived);
    }

    /// <summary>Derives a key for one use (RFC 8009, section 3): KDF-HMAC-SHA2 with the usage as its label and no context, one round.</summary>
    internal void Derive(ReadOnlySpan<byte> key, KerberosKeyUsage usage, byte purpose, Span<byte> derived)
    {
        // 00000001 | usage | purpose | 00 | length in bits
        Span<byte> input = stackalloc byte[14];
        BinaryPrimitives.WriteInt32BigEndian(input, 1);
        BinaryPrimitives.WriteInt32BigEndian(input[4..], (int)usage);
        input[8] = purpose;
        input[9] = 0;
        BinaryPrimitives.WriteInt32BigEndian(input[10..], derived.Length * 8);
        Hash(key, input, derived);
    }

    // The first vector, which is zero, is hashed before the ciphertext.
    private void HashOfCiphertext(ReadOnlySpan<byte> key, KerberosKeyUsage usage, ReadOnlySpan<byte> encrypted, Span<byte> destination)
    {
        Span<byte> derived = stackalloc byte[ChecksumLength];
        Span<byte> vector = stackalloc byte[Block];
        Span<byte> hash = stackalloc byte[LongestHash];
        vector.Clear();
        Derive(key, usage, ForIntegrity, derived);
        using (var hmac = IncrementalHash.CreateHMAC(_is256 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256, derived))
        {
            hmac.AppendData(vector);
            hmac.AppendData(encrypted);
            hmac.GetHashAndReset(hash);
        }

        hash[..ChecksumLength].CopyTo(destination);
        CryptographicOperations.ZeroMemory(derived);
    }

    private void Hash(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, Span<byte> destination)
    {
        Span<byte> hash = stackalloc byte[LongestHash];
        if (_is256)
        {
            HMACSHA384.HashData(key, data, hash);
        }
        else
        {
            HMACSHA256.HashData(key, data, hash);
        }

        hash[..destination.Length].CopyTo(destination);
        CryptographicOperations.ZeroMemory(hash);
    }
}
