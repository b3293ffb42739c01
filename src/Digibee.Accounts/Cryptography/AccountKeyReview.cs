using System.Globalization;
using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>What is said of the key of a Private Key or Public Key account: each problem in words of its own, none with anything of the key.</summary>
internal static class AccountKeyReview
{
    private const string Key = nameof(PrivateKeyAccount.Key);
    private const string Passphrase = nameof(PrivateKeyAccount.Passphrase);
    private const string HoldsPrivate = "it holds a private key. Keep that in a Private Key account, and paste the public key alone.";

    /// <summary>Says why what was read is no key that signs, or checks signatures.</summary>
    public static AccountProblem ProblemOf(KeyMaterial material, bool isPrivate) =>
        Unreadable(material.Problem, isPrivate) ?? (isPrivate ? Unfit(material) : Unfit(material.FindPublicKey())) ?? new(Key, Nothing(isPrivate));

    /// <summary>Says why the text could not be read; <see langword="null"/> when it could.</summary>
    public static AccountProblem? Unreadable(KeyProblem problem, bool isPrivate) => problem switch
    {
        KeyProblem.None => null,
        KeyProblem.Nothing => new(Key, Nothing(isPrivate)),
        KeyProblem.CutOff => new(Key, "a PEM block has no end. Was the text cut off? Paste it whole, from the first -----BEGIN to the last -----END line."),
        KeyProblem.PasswordMissing => isPrivate
            ? new(Passphrase, "the private key is encrypted and its passphrase is missing. Fill it in.")
            : new(Key, HoldsPrivate),
        KeyProblem.PasswordWrong => new(Passphrase, "the private key does not open with it. Check it."),
        KeyProblem.Unsupported => new(Key, "it, or its encryption, is of a kind that is not supported. Convert it: openssl pkey -in key.pem -out new.pem."),
        KeyProblem.TooMuchWork => new(Key, "it asks for more rounds of key derivation, or more blocks, than any file that is meant well. Write the key anew: openssl pkey -in key.pem -aes256 -out new.pem."),
        _ => new(Key, "it is not what it says it is. Was it changed on its way, or pasted in part? Paste it again."),
    };

    /// <summary>Says at save what is wrong with a private key, and notes what it is.</summary>
    public static void InspectPrivate(KeyMaterial material, ReadOnlySpan<byte> text, bool hasPassphrase, AccountInspection inspection)
    {
        if (material.Problem == KeyProblem.Nothing && text.IndexOf("-----BEGIN PGP PRIVATE KEY BLOCK-----"u8) >= 0)
        {
            NotePgp(inspection);
            return;
        }

        if (Unreadable(material.Problem, isPrivate: true) is { } problem)
        {
            inspection.Refuse(problem.Field, problem.Message);
        }
        else if (material.PrivateKeys is not [var key])
        {
            inspection.Refuse(Key, material.PrivateKeys.Count == 0 ? "it holds no private key, only public parts. Paste the private key." : Unfit(material)!.Message);
        }
        else if (!material.HasCertificateOf(key))
        {
            inspection.Refuse(Key, "the certificate beside it belongs to another key. Leave the certificates out, or put in the right key.");
        }
        else
        {
            Note(key, inspection);
            if (hasPassphrase && !material.IsEncrypted)
            {
                inspection.Warn(Passphrase, "the private key is not encrypted, so the passphrase is not needed.");
            }
        }
    }

    /// <summary>Says at save what is wrong with a public key, and notes what it is.</summary>
    public static void InspectPublic(KeyMaterial material, ReadOnlySpan<byte> text, AccountInspection inspection)
    {
        if (material.PrivateKeys.Count > 0 || PemContent.Of(text).PrivateKeys > 0)
        {
            inspection.Refuse(Key, HoldsPrivate);
        }
        else if (material.Problem == KeyProblem.Nothing && text.IndexOf("-----BEGIN PGP PUBLIC KEY BLOCK-----"u8) >= 0)
        {
            NotePgp(inspection);
        }
        else if (Unreadable(material.Problem, isPrivate: false) is { } problem)
        {
            inspection.Refuse(problem.Field, problem.Message);
        }
        else if (material.FindPublicKey() is { } key)
        {
            Note(key, inspection);
            if (material.PublicKeys.Count > 1)
            {
                inspection.Warn(Key, "it holds more than one public key, and the first one is used. Leave the one that is meant.");
            }
            else if (material.PublicKeys.Count == 0)
            {
                inspection.KnownExpiry = material.FirstCertificateEnd();
            }
        }
        else
        {
            inspection.Refuse(Key, Unreadable(material.Problem, isPrivate: false)!.Message);
        }
    }

    /// <summary>Says why a key makes no signatures; <see langword="null"/> for one that does, and for none.</summary>
    public static AccountProblem? Unfit(LoadedKey? key) => key?.Algorithm switch
    {
        KeyAlgorithm.Rsa or KeyAlgorithm.RsaPss when key.Size < RsaSignatureKey.LeastBits => new(Key, "it is an RSA key of less than 2,048 bits, which does not keep a signature. Make a longer one."),
        KeyAlgorithm.RsaPss when !RsaSignatureKey.IsFit(key) => new(Key, "it is bound to PSS with parameters that are not supported: one hash of SHA-256, SHA-384 and SHA-512 for both parts, and no longer salt. Make one without parameters."),
        KeyAlgorithm.Ec when KeyOids.SignatureAlgorithmOf(key.Curve) is null => new(Key, "no signatures are defined for its curve here. P-256, P-384, P-521 and secp256k1 make them."),
        KeyAlgorithm.X25519 or KeyAlgorithm.X448 => new(Key, "it is for key agreement and makes no signatures. Ed25519 and Ed448 do."),
        _ => null,
    };

    private static void NotePgp(AccountInspection inspection)
    {
        inspection.Note("keyAlgorithm", "Pgp");
        inspection.Warn(Key, "it is a key for PGP, which makes no other signatures.");
    }

    private static void Note(LoadedKey key, AccountInspection inspection)
    {
        inspection.Note("fingerprint", Convert.ToHexString(SHA256.HashData(key.PublicKeyInfo)));
        inspection.Note("keyAlgorithm", key.Algorithm.ToString());
        inspection.Note("keySize", key.Size.ToString(CultureInfo.InvariantCulture));
        if (key.Curve is { } curve)
        {
            inspection.Note("curve", KeyOids.NameOf(curve));
        }

        if (Unfit(key) is { } problem)
        {
            inspection.Warn(Key, problem.Message);
        }
    }

    private static AccountProblem? Unfit(KeyMaterial material) => material.PrivateKeys.Count switch
    {
        0 => null,
        1 => Unfit(material.PrivateKeys[0]),
        _ => new(Key, "it holds more than one private key, so nobody can tell which one is meant. Leave one."),
    };

    private static string Nothing(bool isPrivate) => isPrivate
        ? "it holds no private key. Paste the text with its -----BEGIN and -----END lines, or a JSON Web Key; PuTTY files have to be converted first."
        : "it holds no public key and no certificate. Paste the text with its -----BEGIN and -----END lines, a JSON Web Key, or the line of an OpenSSH key.";
}
