using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

/// <summary>What the vaults of all realms and environments share; made once a program.</summary>
internal sealed class VaultParts(
    ConfiguredAccounts configured,
    AccountOpener opener,
    AccountReader reader,
    AccountReads reads,
    AccountWriter writer,
    AccountListing listing,
    FeedWatchers watchers,
    AmbientScopes scopes,
    RetiredAccounts retired,
    CacheSweeper sweeper,
    AccountReferrers referrers,
    UsageLedger usage,
    TokenRows tokens,
    TokenSlots tokenSlots,
    IOptions<DigibeeAccountsOptions> options)
{
    /// <summary>Gets the accounts that stand before the store.</summary>
    public ConfiguredAccounts Configured { get; } = configured;

    public AccountOpener Opener { get; } = opener;

    public AccountReader Reader { get; } = reader;

    public AccountReads Reads { get; } = reads;

    public AccountWriter Writer { get; } = writer;

    public AccountListing Listing { get; } = listing;

    public FeedWatchers Watchers { get; } = watchers;

    public AmbientScopes Scopes { get; } = scopes;

    public RetiredAccounts Retired { get; } = retired;

    // Named so that it is made with the first vault.
    public CacheSweeper Sweeper { get; } = sweeper;

    /// <summary>Gets what knows which accounts refer to others.</summary>
    public AccountReferrers Referrers { get; } = referrers;

    /// <summary>Gets what knows which clients use which accounts.</summary>
    public UsageLedger Usage { get; } = usage;

    /// <summary>Gets the tokens in the store, which go with their account.</summary>
    public TokenRows Tokens { get; } = tokens;

    /// <summary>Gets the tokens in memory.</summary>
    public TokenSlots TokenSlots { get; } = tokenSlots;

    /// <summary>Gets the program's project.</summary>
    public string? Project { get; } = options.Value.Project;
}
