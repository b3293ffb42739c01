using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>Reads an EncryptedPrivateKeyInfo (RFC 5958).</summary>
internal static class EncryptedKeyReader
{
    /// <summary>Decrypts and reads a private key.</summary>
    /// <param name="der">The EncryptedPrivateKeyInfo.</param>
    /// <param name="password">The password; <see langword="null"/> for none.</param>
    /// <param name="material">Told of a problem.</param>
    public static LoadedKey? Read(ReadOnlyMemory<byte> der, Secret? password, KeyMaterial material)
    {
        var info = new AsnReader(der, AsnEncodingRules.BER).ReadSequence();
        var algorithm = info.ReadSequence();
        var ciphertext = info.ReadOctetString();
        material.IsEncrypted = true;
        if (password is null)
        {
            material.Fail(KeyProblem.PasswordMissing);
            return null;
        }

        using var plaintext = PasswordEncryption.Decrypt(algorithm, ciphertext, password.RevealBytes(), material);
        return plaintext is null ? null : ReadDecrypted(plaintext.Memory, static (key, target) => PrivateKeyReader.ReadPkcs8(key, target), material);
    }

    /// <summary>Reads what was decrypted. One wrong password in 256 leaves a padding that looks right: then it is not a key.</summary>
    public static LoadedKey? ReadDecrypted(ReadOnlyMemory<byte> plaintext, Func<ReadOnlyMemory<byte>, KeyMaterial, LoadedKey?> read, KeyMaterial material)
    {
        try
        {
            return read(plaintext, material);
        }
        catch (Exception exception) when (exception is AsnContentException or CryptographicException)
        {
            material.Fail(KeyProblem.PasswordWrong);
            return null;
        }
    }
}
