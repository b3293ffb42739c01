using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;

namespace Digibee.Accounts;

/// <summary>The encryption of OpenSSL's traditional PEM keys: <c>DEK-Info</c> of RFC 1421 names cipher and IV; the key is one round of MD5 over password and salt.</summary>
internal static class TraditionalEncryption
{
    /// <summary>Decrypts a block; fails when the cipher is not known, or the password is wrong.</summary>
    /// <param name="encryption">The value of <c>DEK-Info</c>.</param>
    /// <param name="ciphertext">The block.</param>
    /// <param name="password">The password, UTF-8.</param>
    /// <param name="material">Told of a problem.</param>
    public static SecretBuffer? Decrypt(string encryption, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> password, KeyMaterial material)
    {
        var comma = encryption.IndexOf(',', StringComparison.Ordinal);
        var (cipher, keyBits) = comma < 0 ? default : Find(encryption[..comma]);
        if (cipher is null)
        {
            return material.Fail(KeyProblem.Unsupported);
        }

        var hex = encryption.AsSpan(comma + 1);
        Span<byte> iv = stackalloc byte[16];
        iv = iv[..cipher.GetBlockSize()];
        if (hex.Length != 2 * iv.Length || Convert.FromHexString(hex, iv, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return material.Fail(KeyProblem.Malformed);
        }

        var derivation = new OpenSslPbeParametersGenerator();
        var passwordBytes = password.ToArray();
        byte[] key = [];
        try
        {
            derivation.Init(passwordBytes, iv[..8].ToArray());
            key = ((KeyParameter)derivation.GenerateDerivedParameters("AES", keyBits)).GetKey();
            var plaintext = cipher is AesEngine ? CbcDecryption.Aes(key, iv, ciphertext) : CbcDecryption.Legacy(cipher, KeyFor(cipher, key), iv, ciphertext);
            return plaintext ?? material.Fail(KeyProblem.PasswordWrong);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(passwordBytes);
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static KeyParameter KeyFor(IBlockCipher cipher, byte[] key) => cipher switch
    {
        DesEdeEngine => new DesEdeParameters(key),
        DesEngine => new DesParameters(key),
        _ => new KeyParameter(key),
    };

    private static (IBlockCipher? Cipher, int KeyBits) Find(string name) => name switch
    {
        "AES-128-CBC" => (new AesEngine(), 128),
        "AES-192-CBC" => (new AesEngine(), 192),
        "AES-256-CBC" => (new AesEngine(), 256),
        "CAMELLIA-128-CBC" => (new CamelliaEngine(), 128),
        "CAMELLIA-192-CBC" => (new CamelliaEngine(), 192),
        "CAMELLIA-256-CBC" => (new CamelliaEngine(), 256),
        "DES-EDE3-CBC" => (new DesEdeEngine(), 192),
        "DES-CBC" => (new DesEngine(), 64),
        _ => default,
    };
}
