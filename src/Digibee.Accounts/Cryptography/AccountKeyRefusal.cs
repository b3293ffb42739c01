namespace Digibee.Accounts;

/// <summary>What is said when an account's key cannot do what it is asked for.</summary>
internal static class AccountKeyRefusal
{
    private const string Field = nameof(PrivateKeyAccount.Key);

    public static AccountTypeMismatchException CannotSign(OpenedAccount opened) => new(
        opened.Address.Name,
        $"Account '{opened.Address.Name}' is of type {opened.Account.Type.DisplayName}, which does not sign. Name a Private Key account, or a Secret Key account for a MAC.");

    public static AccountTypeMismatchException CannotVerify(OpenedAccount opened) => new(
        opened.Address.Name,
        $"Account '{opened.Address.Name}' is of type {opened.Account.Type.DisplayName}, which checks no signatures. Name a Public Key account, or a Secret Key account for a MAC.");

    public static AccountTypeMismatchException MakesMacs(OpenedAccount opened) => new(
        opened.Address.Name,
        $"Account '{opened.Address.Name}' is of type {opened.Account.Type.DisplayName}, which makes message authentication codes and no signatures. Call {nameof(IAccountCryptography.ComputeMacAsync)} or {nameof(IAccountCryptography.VerifyMacAsync)}.");

    public static AccountTypeMismatchException MakesNoMacs(OpenedAccount opened) => new(
        opened.Address.Name,
        $"Account '{opened.Address.Name}' is of type {opened.Account.Type.DisplayName}, which makes no message authentication codes. Name a Secret Key account.");

    public static AccountTypeMismatchException HasNoPublicKey(OpenedAccount opened) => new(
        opened.Address.Name,
        $"Account '{opened.Address.Name}' is of type {opened.Account.Type.DisplayName}, which has no public key. Name a Private Key or Public Key account.");

    public static AccountValidationException Algorithm(string name, SignatureKey key, SignatureAlgorithm algorithm) => new(
        name,
        [new AccountProblem(Field, $"the {key.Description} does not go with {algorithm}. Choose {string.Join(" or ", Enum.GetValues<SignatureAlgorithm>().Where(key.Supports))}, or leave the algorithm out.")]);
}
