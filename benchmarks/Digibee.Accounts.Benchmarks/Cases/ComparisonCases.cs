namespace Digibee.Accounts;

/// <summary>Every case there is, in alphabetical order. A new one is a file beside this and a line here.</summary>
internal static class ComparisonCases
{
    public static ComparisonCase[] All() =>
    [
        new ApiKeyQueryRequestCase(),
        new BasicRequestCase(),
        new BearerRequestCase(),
        new CustomHeaderRequestCase(),
        new OAuth2RequestCase(),
        new OpenCase("open 256 B", 256),
        new OpenCase("open 1 KiB", 1_024),
        new OpenCase("open 4 KiB", 4_096),
        new SealCase("seal 256 B", 256),
        new SealCase("seal 1 KiB", 1_024),
        new SealCase("seal 4 KiB", 4_096),
        new SqliteColdGetCase(),
        new SqliteResealCase(),
        new VaultHitByAddressCase(),
        new VaultHitByNameCase(),
    ];
}
