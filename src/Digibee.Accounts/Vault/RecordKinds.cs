namespace Digibee.Accounts;

/// <summary>The kinds of records the library keeps in a store.</summary>
internal static class RecordKinds
{
    public const string Account = "account";

    public const string Token = "token";

    public const string Lease = "lease";

    public const string Reference = "reference";

    public const string Usage = "usage";
}
