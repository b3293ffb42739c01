namespace Digibee.Accounts;

/// <summary>What is said of the key of a Private Key or Public Key account: each problem in words of its own, none with anything of the key.</summary>
internal static class AccountKeyReview
{
    private const string Key = nameof(PrivateKeyAccount.Key);
    private const string Passphrase = nameof(PrivateKeyAccount.Passphrase);

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
            : new(Key, "it holds a private key. Keep that in a Private Key account, and paste the public key alone."),
        KeyProblem.PasswordWrong => new(Passphrase, "the private key does not open with it. Check it."),
        KeyProblem.Unsupported => new(Key, "it, or its encryption, is of a kind that is not supported. Convert it: openssl pkey -in key.pem -out new.pem."),
        KeyProblem.TooMuchWork => new(Key, "it asks for more rounds of key derivation, or more blocks, than any file that is meant well. Write the key anew: openssl pkey -in key.pem -aes256 -out new.pem."),
        _ => new(Key, "it is not what it says it is. Was it changed on its way, or pasted in part? Paste it again."),
    };

    /// <summary>Says why a key makes no signatures; <see langword="null"/> for one that does, and for none.</summary>
    public static AccountProblem? Unfit(LoadedKey? key) => key?.Algorithm switch
    {
        KeyAlgorithm.Rsa or KeyAlgorithm.RsaPss when key.Size < RsaSignatureKey.LeastBits => new(Key, "it is an RSA key of less than 2,048 bits, which does not keep a signature. Make a longer one."),
        KeyAlgorithm.Ec when KeyOids.SignatureAlgorithmOf(key.Curve) is null => new(Key, "no signatures are defined for its curve here. P-256, P-384, P-521 and secp256k1 make them."),
        KeyAlgorithm.X25519 or KeyAlgorithm.X448 => new(Key, "it is for key agreement and makes no signatures. Ed25519 and Ed448 do."),
        _ => null,
    };

    private static AccountProblem? Unfit(KeyMaterial material) => material.PrivateKeys.Count switch
    {
        0 => null,
        1 => Unfit(material.PrivateKeys[0]),
        _ => new(Key, "it holds more than one private key, so nobody can tell which one is meant. Leave one."),
    };

    private static string Nothing(bool isPrivate) => isPrivate
        ? "it holds no private key. Paste the text with its -----BEGIN and -----END lines."
        : "it holds no public key and no certificate. Paste the text with its -----BEGIN and -----END lines.";
}
