using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Paddings;
using Org.BouncyCastle.Crypto.Parameters;

namespace Digibee.Accounts;

/// <summary>Decrypts a key file's CBC with the padding of RFC 8018. Bad padding means a wrong password, for all anybody can tell.</summary>
internal static class CbcDecryption
{
    /// <summary>Decrypts AES; <see langword="null"/> when the padding is wrong.</summary>
    public static SecretBuffer? Aes(ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> ciphertext)
    {
        if (ciphertext.IsEmpty || ciphertext.Length % 16 != 0)
        {
            return null;
        }

        using var aes = System.Security.Cryptography.Aes.Create();
        aes.SetKey(key);
        var plaintext = new SecretBuffer(ciphertext.Length, ciphertext.Length);
        try
        {
            plaintext.Truncate(aes.DecryptCbc(ciphertext, iv, plaintext.Span));
            return plaintext;
        }
        catch (CryptographicException)
        {
            plaintext.Dispose();
            return null;
        }
    }

    /// <summary>Decrypts with a cipher that the platform has no longer, or not everywhere; <see langword="null"/> when the padding is wrong.</summary>
    public static SecretBuffer? Legacy(IBlockCipher cipher, ICipherParameters key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> ciphertext)
    {
        if (ciphertext.IsEmpty || ciphertext.Length % cipher.GetBlockSize() != 0)
        {
            return null;
        }

        var cbc = new PaddedBufferedBlockCipher(new CbcBlockCipher(cipher), new Pkcs7Padding());
        cbc.Init(forEncryption: false, new ParametersWithIV(key, iv));
        var plaintext = new SecretBuffer(ciphertext.Length, ciphertext.Length);
        try
        {
            var length = cbc.ProcessBytes(ciphertext, plaintext.Span);
            plaintext.Truncate(length + cbc.DoFinal(plaintext.Span[length..]));
            return plaintext;
        }
        catch (CryptoException)
        {
            plaintext.Dispose();
            return null;
        }
    }
}
