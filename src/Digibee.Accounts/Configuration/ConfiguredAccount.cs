namespace Digibee.Accounts;

/// <summary>One account of the configuration.</summary>
/// <param name="Opened">The account, the same instance until it changes.</param>
/// <param name="Summary">What a listing says of it.</param>
internal sealed record ConfiguredAccount(OpenedAccount Opened, AccountSummary Summary)
{
    public static ConfiguredAccount Of(AccountAddress address, long revision, Account account, AccountInspection inspection)
    {
        var metadata = AccountMetadata.Of(account, inspection);
        var summary = new AccountSummary
        {
            Address = address,
            Type = account.Type,
            Revision = revision,
            IsConfigured = true,
            Description = account.Description,
            ExpiresAt = account.ExpiresAt,
            KnownExpiry = metadata.KnownExpiry,
            AllowedOrigins = account.AllowedOrigins,
            Projects = account.Projects,
            Facts = metadata.Facts,
        };
        return new ConfiguredAccount(new OpenedAccount(address, revision, account), summary);
    }

    /// <summary>Tells whether a listing asks for it.</summary>
    public bool IsSelected(AccountQuery? query) =>
        query is null
        || (Summary.Address.Name.StartsWith(query.NamePrefix ?? "", StringComparison.Ordinal)
            && (query.Type is null || query.Type == Summary.Type)
            && (query.ExpiresBefore is not { } end || Summary.ExpiresAt < end || Summary.KnownExpiry < end));
}
