namespace Digibee.Accounts;

/// <summary>Reads the keys of Private Key, Public Key and Secret Key accounts into the form that signs and verifies.</summary>
internal static class AccountKeyReader
{
    /// <summary>Reads the key with which an account signs.</summary>
    /// <exception cref="AccountValidationException">It holds none that does.</exception>
    public static SignatureKey ReadSigning(OpenedAccount opened) =>
        opened.Account is PrivateKeyAccount account ? ReadPrivate(account) : ReadSecret((SecretKeyAccount)opened.Account);

    /// <summary>Reads the key with which an account's signatures are checked.</summary>
    /// <exception cref="AccountValidationException">It holds none that does.</exception>
    public static SignatureKey ReadVerification(OpenedAccount opened) =>
        opened.Account is PublicKeyAccount account ? ReadPublic(account) : ReadSigning(opened);

    /// <summary>Reads the public half of an account's key, whatever the key is for.</summary>
    /// <exception cref="AccountTypeMismatchException">It is neither a Private Key nor a Public Key account.</exception>
    /// <exception cref="AccountValidationException">It cannot be read.</exception>
    public static LoadedKey ReadPublicHalf(OpenedAccount opened)
    {
        var (text, passphrase) = opened.Account switch
        {
            PrivateKeyAccount account => (account.Key, account.Passphrase),
            PublicKeyAccount account => (account.Key, null),
            _ => throw AccountKeyRefusal.HasNoPublicKey(opened),
        };
        var isPrivate = opened.Account is PrivateKeyAccount;
        using var material = KeyReader.Read(text.RevealBytes(), passphrase);
        var key = !isPrivate ? material.FindPublicKey() : material.PrivateKeys is [var single] ? single.ToPublic() : null;
        return material.Problem == KeyProblem.None && key is not null ? key : throw new AccountValidationException(opened.Address.Name, [AccountKeyReview.ProblemOf(material, isPrivate)]);
    }

    private static SignatureKey ReadPrivate(PrivateKeyAccount account)
    {
        using var material = KeyReader.Read(account.Key.RevealBytes(), account.Passphrase);
        if (material.Problem == KeyProblem.None && material.PrivateKeys is [var key] && SignatureKey.TryCreate(key) is { } signing)
        {
            material.Take(key);
            return signing;
        }

        throw new AccountValidationException(account.Name, [AccountKeyReview.ProblemOf(material, isPrivate: true)]);
    }

    private static SignatureKey ReadPublic(PublicKeyAccount account)
    {
        using var material = KeyReader.Read(account.Key.RevealBytes(), password: null);
        return material.Problem == KeyProblem.None && material.FindPublicKey() is { } key && SignatureKey.TryCreate(key) is { } verification
            ? verification
            : throw new AccountValidationException(account.Name, [AccountKeyReview.ProblemOf(material, isPrivate: false)]);
    }

    private static MacKey ReadSecret(SecretKeyAccount account) =>
        SecretKeySyntax.Decode(account.Key.RevealBytes(), account.Encoding) is { } key
            ? new MacKey(key)
            : throw new AccountValidationException(account.Name, [new AccountProblem(nameof(account.Key), "it is not written as its encoding says. Save the account anew.")]);
}
