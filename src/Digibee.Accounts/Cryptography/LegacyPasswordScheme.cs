using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;

namespace Digibee.Accounts;

/// <summary>The old encryptions under a password: PBES1 (RFC 8018) and those of PKCS#12 (RFC 7292). Read, because people have such files; never written.</summary>
/// <param name="IsPkcs12">Whether the key is derived as in PKCS#12, and not by PBKDF1.</param>
/// <param name="Digest">The hash of the derivation.</param>
/// <param name="Cipher">The cipher.</param>
/// <param name="KeyBits">The bits of its key.</param>
internal sealed record LegacyPasswordScheme(bool IsPkcs12, IDigest Digest, IBlockCipher Cipher, int KeyBits)
{
    /// <summary>Gives the scheme of an object identifier; <see langword="null"/> for one that is not known here (RC4 and MD2 are not).</summary>
    public static LegacyPasswordScheme? Find(string oid) => oid switch
    {
        "1.2.840.113549.1.5.3" => new(IsPkcs12: false, new MD5Digest(), new DesEngine(), 64),
        "1.2.840.113549.1.5.6" => new(IsPkcs12: false, new MD5Digest(), new RC2Engine(), 64),
        "1.2.840.113549.1.5.10" => new(IsPkcs12: false, new Sha1Digest(), new DesEngine(), 64),
        "1.2.840.113549.1.5.11" => new(IsPkcs12: false, new Sha1Digest(), new RC2Engine(), 64),
        "1.2.840.113549.1.12.1.3" => new(IsPkcs12: true, new Sha1Digest(), new DesEdeEngine(), 192),
        "1.2.840.113549.1.12.1.4" => new(IsPkcs12: true, new Sha1Digest(), new DesEdeEngine(), 128),
        "1.2.840.113549.1.12.1.5" => new(IsPkcs12: true, new Sha1Digest(), new RC2Engine(), 128),
        "1.2.840.113549.1.12.1.6" => new(IsPkcs12: true, new Sha1Digest(), new RC2Engine(), 40),
        _ => null,
    };

    /// <summary>Gives the password as PKCS#12 hashes it: UTF-16, big endian, with its NUL (RFC 7292, appendix B.1).</summary>
    public static byte[] Pkcs12Password(ReadOnlySpan<byte> utf8)
    {
        var characters = new char[Encoding.UTF8.GetCharCount(utf8)];
        Encoding.UTF8.GetChars(utf8, characters);
        var bytes = new byte[2 * (characters.Length + 1)];
        Encoding.BigEndianUnicode.GetBytes(characters, bytes);
        CryptographicOperations.ZeroMemory(System.Runtime.InteropServices.MemoryMarshal.AsBytes(characters.AsSpan()));
        return bytes;
    }

    /// <summary>Decrypts; <see langword="null"/> when the password is wrong.</summary>
    public SecretBuffer? Decrypt(byte[] salt, int rounds, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> password)
    {
        PbeParametersGenerator derivation = IsPkcs12 ? new Pkcs12ParametersGenerator(Digest) : new Pkcs5S1ParametersGenerator(Digest);
        var passwordBytes = IsPkcs12 ? Pkcs12Password(password) : password.ToArray();
        byte[] key = [];
        try
        {
            derivation.Init(passwordBytes, salt, rounds);
            var derived = (ParametersWithIV)derivation.GenerateDerivedParameters("AES", KeyBits, 8 * Cipher.GetBlockSize());
            key = ((KeyParameter)derived.Parameters).GetKey();
            KeyParameter parameters = Cipher switch
            {
                DesEdeEngine => new DesEdeParameters(key),
                DesEngine => new DesParameters(key),
                _ => new RC2Parameters(key, KeyBits),
            };
            return CbcDecryption.Legacy(Cipher, parameters, derived.GetIV(), ciphertext);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(passwordBytes);
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
