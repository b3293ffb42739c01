using System.Text;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace Digibee.Accounts;

/// <summary>Reads OpenSSH's own form of a private key (<c>PROTOCOL.key</c>), encrypted or not.</summary>
internal static class OpenSshKeyReader
{
    private const int BlockLength = 16;

    /// <summary>Reads a key.</summary>
    /// <param name="data">The decoded block.</param>
    /// <param name="password">The passphrase; <see langword="null"/> for none.</param>
    /// <param name="material">Told of a problem.</param>
    public static LoadedKey? Read(ReadOnlySpan<byte> data, Secret? password, KeyMaterial material)
    {
        var magic = "openssh-key-v1\0"u8;
        if (!data.StartsWith(magic))
        {
            return Fail(material, KeyProblem.Malformed);
        }

        var outer = new SshWire(data[magic.Length..]);
        var cipher = Encoding.ASCII.GetString(outer.ReadString());
        var derivation = Encoding.ASCII.GetString(outer.ReadString());
        var options = outer.ReadString();
        if (outer.ReadNumber() != 1)
        {
            return Fail(material, KeyProblem.Unsupported);
        }

        outer.ReadString();
        var content = outer.ReadString();
        if (cipher == "none")
        {
            return ReadContent(content, KeyProblem.Malformed, material);
        }

        material.IsEncrypted = true;
        if (password is null)
        {
            return Fail(material, KeyProblem.PasswordMissing);
        }

        using var plaintext = new SecretBuffer(content.Length, content.Length);
        return TryDecrypt(cipher, derivation, options, content, password, plaintext.Span, material) ? ReadContent(plaintext.Span, KeyProblem.PasswordWrong, material) : null;
    }

    private static bool TryDecrypt(string name, string derivation, ReadOnlySpan<byte> options, ReadOnlySpan<byte> content, Secret password, Span<byte> plaintext, KeyMaterial material)
    {
        var (mode, keyLength) = Find(name);
        if (mode is null || derivation != "bcrypt")
        {
            material.Fail(KeyProblem.Unsupported);
            return false;
        }

        var wire = new SshWire(options);
        var salt = wire.ReadString();
        var rounds = wire.ReadNumber();
        if (content.Length % BlockLength != 0 || rounds == 0)
        {
            material.Fail(KeyProblem.Malformed);
            return false;
        }

        using var key = new SecretBuffer(keyLength + BlockLength, keyLength + BlockLength);
        if (!BcryptDerivation.TrySpend(material.Work, rounds, key.Span.Length))
        {
            material.Fail(KeyProblem.TooMuchWork);
            return false;
        }

        BcryptDerivation.Derive(password.RevealBytes(), salt, (int)rounds, key.Span);
        mode.Init(forEncryption: false, new ParametersWithIV(new KeyParameter(key.Span[..keyLength]), key.Span[keyLength..]));
        for (var at = 0; at < content.Length; at += BlockLength)
        {
            mode.ProcessBlock(content[at..], plaintext[at..]);
        }

        return true;
    }

    private static (IBlockCipherMode? Mode, int KeyLength) Find(string cipher) => cipher switch
    {
        "aes128-ctr" => (new SicBlockCipher(new AesEngine()), 16),
        "aes192-ctr" => (new SicBlockCipher(new AesEngine()), 24),
        "aes256-ctr" => (new SicBlockCipher(new AesEngine()), 32),
        "aes128-cbc" => (new CbcBlockCipher(new AesEngine()), 16),
        "aes192-cbc" => (new CbcBlockCipher(new AesEngine()), 24),
        "aes256-cbc" => (new CbcBlockCipher(new AesEngine()), 32),
        _ => default,
    };

    // Two equal numbers before the key tell whether it was decrypted.
    private static LoadedKey? ReadContent(ReadOnlySpan<byte> content, KeyProblem otherwise, KeyMaterial material)
    {
        var wire = new SshWire(content);
        return wire.ReadNumber() == wire.ReadNumber() ? OpenSshKeyContent.Read(wire, material) : Fail(material, otherwise);
    }

    private static LoadedKey? Fail(KeyMaterial material, KeyProblem problem)
    {
        material.Fail(problem);
        return null;
    }
}
