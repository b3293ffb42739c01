using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary><c>aes128-cts-hmac-sha1-96</c> and <c>aes256-cts-hmac-sha1-96</c> (RFC 3962, in the simplified profile of RFC 3961, section 5.3).</summary>
internal sealed class KerberosAesSha1Encryption(KerberosEncryptionType type) : KerberosEncryption
{
    private const int Block = KerberosCipherTextStealing.BlockLength;
    private const int HashLength = 12;
    private const byte ForChecksum = 0x99;
    private const byte ForEncryption = 0xAA;
    private const byte ForIntegrity = 0x55;

    public override KerberosEncryptionType Type => type;

    public override int KeyLength => type == KerberosEncryptionType.Aes256Sha1 ? 32 : 16;

    public override int ChecksumType => type == KerberosEncryptionType.Aes256Sha1 ? 16 : 15;

    public override int ChecksumLength => HashLength;

    public override int ConfounderLength => Block;

    public override int Overhead => Block + HashLength;

    public override void Encrypt(ReadOnlySpan<byte> key, KerberosKeyUsage usage, ReadOnlySpan<byte> confounder, ReadOnlySpan<byte> plaintext, Span<byte> destination)
    {
        Span<byte> derived = stackalloc byte[KeyLength];
        using var confounded = new SecretBuffer(Block + plaintext.Length, Block + plaintext.Length);
        confounder.CopyTo(confounded.Span);
        plaintext.CopyTo(confounded.Span[Block..]);

        Derive(key, usage, ForEncryption, derived);
        KerberosCipherTextStealing.Encrypt(derived, confounded.Span, destination[..confounded.Span.Length]);
        Derive(key, usage, ForIntegrity, derived);
        Hash(derived, confounded.Span, destination[confounded.Span.Length..]);
        CryptographicOperations.ZeroMemory(derived);
    }

    public override bool TryDecrypt(ReadOnlySpan<byte> key, KerberosKeyUsage usage, ReadOnlySpan<byte> ciphertext, Span<byte> plaintext)
    {
        Span<byte> derived = stackalloc byte[KeyLength];
        Span<byte> hash = stackalloc byte[HashLength];
        var encrypted = ciphertext[..^HashLength];
        using var confounded = new SecretBuffer(encrypted.Length, encrypted.Length);

        Derive(key, usage, ForEncryption, derived);
        KerberosCipherTextStealing.Decrypt(derived, encrypted, confounded.Span);
        Derive(key, usage, ForIntegrity, derived);
        Hash(derived, confounded.Span, hash);
        CryptographicOperations.ZeroMemory(derived);
        return Accept(CryptographicOperations.FixedTimeEquals(hash, ciphertext[^HashLength..]), confounded.Span, plaintext);
    }

    public override void Checksum(ReadOnlySpan<byte> key, KerberosKeyUsage usage, ReadOnlySpan<byte> data, Span<byte> destination)
    {
        Span<byte> derived = stackalloc byte[KeyLength];
        Derive(key, usage, ForChecksum, derived);
        Hash(derived, data, destination);
        CryptographicOperations.ZeroMemory(derived);
    }

    /// <summary>Derives a key for one use (RFC 3961, section 5.1): the folded constant, encrypted again and again until there is enough.</summary>
    internal static void Derive(ReadOnlySpan<byte> key, KerberosKeyUsage usage, byte purpose, Span<byte> derived)
    {
        Span<byte> constant = stackalloc byte[5];
        BinaryPrimitives.WriteInt32BigEndian(constant, (int)usage);
        constant[4] = purpose;
        Span<byte> block = stackalloc byte[Block];
        KerberosNfold.Fold(constant, block);

        using var aes = KerberosCipherTextStealing.CreateAes(key);
        for (var i = 0; i < derived.Length; i += Block)
        {
            aes.EncryptEcb(i == 0 ? block : derived.Slice(i - Block, Block), derived[i..], PaddingMode.None);
        }
    }

    private static void Hash(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, Span<byte> destination)
    {
        Span<byte> hash = stackalloc byte[20];
#pragma warning disable RS0030, CA5350 // HMAC-SHA-1 is what RFC 3962 demands, and what Active Directory still speaks; HMAC does not need SHA-1 to resist collisions.
        HMACSHA1.HashData(key, data, hash);
#pragma warning restore RS0030, CA5350
        hash[..HashLength].CopyTo(destination);
    }
}
