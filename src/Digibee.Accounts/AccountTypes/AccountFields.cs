using System.Collections.Frozen;

namespace Digibee.Accounts;

/// <summary>The fields of each account type, under the platform's names: for expressions, imports and exports.</summary>
internal static class AccountFields
{
    private static readonly FrozenDictionary<AccountType, AccountField[]> ByType =
        AccountType.All.ToFrozenDictionary(static type => type, static type => AccountPayload.PropertiesOf(type).Select(property => new AccountField(type, property)).ToArray());

    public static ReadOnlySpan<AccountField> Of(AccountType type) => ByType[type];

    /// <summary>Finds a field by the platform's name. <c>value</c> is the one secret of a type that has only one, as in the platform's <c>account.custom-1.value</c>.</summary>
    public static AccountField? Find(AccountType type, ReadOnlySpan<char> name)
    {
        AccountField? secret = null;
        var secrets = 0;
        foreach (var field in ByType[type])
        {
            if (name.Equals(field.Name, StringComparison.Ordinal))
            {
                return field;
            }

            if (field.IsSecret)
            {
                secret = field;
                secrets++;
            }
        }

        return secrets == 1 && name is "value" ? secret : null;
    }
}
