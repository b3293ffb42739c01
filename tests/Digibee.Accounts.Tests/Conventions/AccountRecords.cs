namespace Digibee.Accounts;

/// <summary>The account types as they are declared.</summary>
internal static class AccountRecords
{
    /// <summary>Gets every concrete type of account.</summary>
    public static IReadOnlyList<Type> All { get; } =
        [.. typeof(Account).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(Account)) && !type.IsAbstract).OrderBy(static type => type.Name, StringComparer.Ordinal)];

    /// <summary>Gets the name of each type's folder: the record's name without <c>Account</c>.</summary>
    public static IReadOnlyList<string> Folders { get; } = [.. All.Select(static type => type.Name[..^nameof(Account).Length])];
}
