using System.Text.Json.Serialization;

namespace Digibee.Accounts;

/// <summary>One credential of one of fourteen types, with a name. Immutable; change one with a <c>with</c> expression and save it.</summary>
/// <remarks>The set of types is closed: nothing outside this library can derive from it. <c>init</c> refuses only what can never be right; limits and
/// everything that needs parsing are checked by <see cref="IAccountVault.SaveAsync"/>, all problems at once.</remarks>
public abstract record Account
{
    private protected Account()
    {
    }

    /// <summary>Gets the name, the last part of the account's <see cref="AccountAddress"/>: <c>[a-z0-9][a-z0-9._-]{0,63}</c>.</summary>
    /// <exception cref="ArgumentException">The name does not follow the grammar.</exception>
    public required string Name
    {
        get;
        init => field = AccountAddress.CheckPart(value, nameof(Name));
    }

    /// <summary>Gets a note for people. It is stored in clear, so it must hold no secret. At most 1,000 characters by default, checked at save.</summary>
    public string? Description { get; init; }

    /// <summary>Gets when the credential ends, as its owner noted it. It is reported, never enforced.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Gets the origins this account may be sent to. With <see cref="AllowedOrigins.None"/>, the default, the type's natural home applies where it has one.</summary>
    /// <value>At most 50 by default, checked at save.</value>
    public AllowedOrigins AllowedOrigins
    {
        get => field ?? AllowedOrigins.None;
        init => field = value is { Count: > 0 } ? value : null; // Records compare the field: an empty list and none at all are one.
    }

    /// <summary>Gets the projects that may use this account; empty, the default, means all.</summary>
    /// <value>At most 100 by default, checked at save.</value>
    public NameList Projects
    {
        get => field ?? NameList.Empty;
        init => field = NameList.OrNull(value);
    }

    /// <summary>Gets the type.</summary>
    [JsonIgnore]
    public AccountType Type => TypeCore;

    // A private protected constructor does not close a record (its copy constructor is protected); an abstract member nobody outside can implement does.
    private protected abstract AccountType TypeCore { get; }

    /// <summary>Gets the origins that apply when <see cref="AllowedOrigins"/> names none.</summary>
    [JsonIgnore]
    internal virtual AllowedOrigins NaturalOrigins => AllowedOrigins.None;

    /// <summary>Gets the names of the accounts that it refers to: none, for almost all types. Those refer to nothing in turn, so there are no cycles.</summary>
    [JsonIgnore]
    internal virtual IEnumerable<string> References => [];

    /// <summary>Checks at save what <c>init</c> does not: limits, rules between fields, whatever needs parsing. Collects problems, warnings and facts; never a value, never an exception.</summary>
    internal void Inspect(AccountInspection inspection)
    {
        inspection.Limit(Description, inspection.Limits.DescriptionLength, nameof(Description));
        inspection.Limit(AllowedOrigins.Count, inspection.Limits.Origins, nameof(AllowedOrigins));
        inspection.Limit(Projects.Count, inspection.Limits.Projects, nameof(Projects));
        inspection.Allow(Projects);
        WarnOfOrigins(inspection);

        InspectCore(inspection);

        WarnOfExpiry(inspection);
        InspectSize(inspection);
    }

    /// <summary>The type's own part of <see cref="Inspect"/>: every field goes through <c>Require</c> or <c>Allow</c>, then what the type knows of it.</summary>
    private protected abstract void InspectCore(AccountInspection inspection);

    private void WarnOfOrigins(AccountInspection inspection)
    {
        foreach (var origin in AllowedOrigins.ClearTextOrigins())
        {
            inspection.Warn(nameof(AllowedOrigins), $"{origin} sends the credential in clear text.");
        }

        if (AllowedOrigins.HoldsAny)
        {
            inspection.Warn(nameof(AllowedOrigins), "any https origin is allowed, so whoever chooses the URI chooses who gets the credential.");
        }
    }

    private void WarnOfExpiry(AccountInspection inspection)
    {
        if (ExpiresAt <= inspection.Now)
        {
            inspection.Warn(nameof(ExpiresAt), "it is in the past.");
        }

        if (inspection.KnownExpiry <= inspection.Now)
        {
            inspection.Warn(Type.DisplayName, "the credential has expired, by what it says itself.");
        }
    }

    // Each limit may be kept and the sum still be too much for one record. Asked last, of an account without other problems.
    private void InspectSize(AccountInspection inspection)
    {
        if (inspection.Problems.Count > 0)
        {
            return;
        }

        if (AccountMetadata.Of(this, inspection).ToUtf8Json().Length > AccountMetadata.MaxLength)
        {
            inspection.Refuse(nameof(Description), "together with the origins and projects it takes more than the 16,384 bytes there are for what is stored in clear. Shorten it, or name fewer of them.");
        }

        using var payload = AccountPayload.Write(this);
        if (payload.Span.Length > AccountPayload.MaxLength)
        {
            inspection.Refuse(Type.DisplayName, "its values together take more than the 1,048,575 bytes that can be sealed in one record. Shorten them.");
        }
    }
}
