using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary><c>rc4-hmac</c> (RFC 4757), for domains that know nothing better. Broken by today's measure (RFC 8429): only an account that allows it uses it.</summary>
internal sealed class KerberosRc4Encryption : KerberosEncryption
{
    private const int Md5Length = 16;
    private const int SaltLength = 4;

    public override KerberosEncryptionType Type => KerberosEncryptionType.Rc4;

    public override int KeyLength => 16;

    public override int ChecksumType => -138;

    public override int ChecksumLength => Md5Length;

    public override int ConfounderLength => 8;

    public override int Overhead => Md5Length + ConfounderLength;

    public override void Encrypt(ReadOnlySpan<byte> key, KerberosKeyUsage usage, ReadOnlySpan<byte> confounder, ReadOnlySpan<byte> plaintext, Span<byte> destination)
    {
        Span<byte> use = stackalloc byte[Md5Length];
        Span<byte> once = stackalloc byte[Md5Length];
        var checksum = destination[..Md5Length];
        var encrypted = destination[Md5Length..];
        confounder.CopyTo(encrypted);
        plaintext.CopyTo(encrypted[ConfounderLength..]);

        KeyOf(key, usage, use);
        Hash(use, encrypted, checksum);
        Hash(use, checksum, once);
        KerberosRc4.Apply(once, encrypted);
        CryptographicOperations.ZeroMemory(use);
        CryptographicOperations.ZeroMemory(once);
    }

    public override bool TryDecrypt(ReadOnlySpan<byte> key, KerberosKeyUsage usage, ReadOnlySpan<byte> ciphertext, Span<byte> plaintext)
    {
        Span<byte> use = stackalloc byte[Md5Length];
        Span<byte> once = stackalloc byte[Md5Length];
        var checksum = ciphertext[..Md5Length];
        using var confounded = new SecretBuffer(ciphertext.Length - Md5Length, ciphertext.Length - Md5Length);
        ciphertext[Md5Length..].CopyTo(confounded.Span);

        KeyOf(key, usage, use);
        Hash(use, checksum, once);
        KerberosRc4.Apply(once, confounded.Span);
        Hash(use, confounded.Span, once);
        CryptographicOperations.ZeroMemory(use);
        return Accept(CryptographicOperations.FixedTimeEquals(once, checksum), confounded.Span, plaintext);
    }

    public override void Checksum(ReadOnlySpan<byte> key, KerberosKeyUsage usage, ReadOnlySpan<byte> data, Span<byte> destination)
    {
        Span<byte> signing = stackalloc byte[Md5Length];
        Span<byte> digest = stackalloc byte[Md5Length];
        Span<byte> salt = stackalloc byte[SaltLength];
        SaltOf(usage, salt);
        Hash(key, "signaturekey\0"u8, signing);
        using (var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5))
        {
            md5.AppendData(salt);
            md5.AppendData(data);
            md5.GetHashAndReset(digest);
        }

        Hash(signing, digest, destination);
        CryptographicOperations.ZeroMemory(signing);
    }

    private static void KeyOf(ReadOnlySpan<byte> key, KerberosKeyUsage usage, Span<byte> destination)
    {
        Span<byte> salt = stackalloc byte[SaltLength];
        SaltOf(usage, salt);
        Hash(key, salt, destination);
    }

    // Little-endian; and the answers of AS and TGS share a number (RFC 4757, section 3).
    private static void SaltOf(KerberosKeyUsage usage, Span<byte> salt) =>
        BinaryPrimitives.WriteInt32LittleEndian(salt, (int)(usage == KerberosKeyUsage.AsReply ? KerberosKeyUsage.TgsReply : usage));

    private static void Hash(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, Span<byte> destination)
    {
#pragma warning disable RS0030, CA5351 // HMAC-MD5 is what RFC 4757 demands; the account asked for it.
        HMACMD5.HashData(key, data, destination);
#pragma warning restore RS0030, CA5351
    }
}
