namespace Digibee.Accounts;

/// <summary>An account as the JSON that is sealed, and back.</summary>
internal static class AccountPayload
{
    public static SecretBuffer Write(Account account) => throw new NotImplementedException(account.Name);

    /// <summary>Reads a payload as the type that the seal bound; <see langword="null"/> when it is not an account of this version. Never throws for any input.</summary>
    public static Account? TryRead(AccountType type, string name, AccountMetadata metadata, ReadOnlySpan<byte> utf8Json) => throw new NotImplementedException(type.Slug + name + utf8Json.Length);
}
