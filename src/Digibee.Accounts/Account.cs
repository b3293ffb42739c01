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

    /// <summary>Gets a note for people. It is stored in clear, so it must hold no secret. At most 1,000 characters, checked at save.</summary>
    public string? Description { get; init; }

    /// <summary>Gets when the credential ends, as its owner noted it. It is reported, never enforced.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Gets the origins this account may be sent to. With <see cref="AllowedOrigins.None"/>, the default, the type's natural home applies where it has one.</summary>
    public AllowedOrigins AllowedOrigins
    {
        get => field ?? AllowedOrigins.None;
        init;
    }

    /// <summary>Gets the projects that may use this account; empty, the default, means all.</summary>
    public NameList Projects
    {
        get => field ?? NameList.Empty;
        init;
    }

    /// <summary>Gets the type.</summary>
    [JsonIgnore]
    public AccountType Type => TypeCore;

    // A private protected constructor does not close a record (its copy constructor is protected); an abstract member nobody outside can implement does.
    private protected abstract AccountType TypeCore { get; }

    /// <summary>Checks at save what <c>init</c> does not: limits, rules between fields, whatever needs parsing. Collects problems, warnings and facts; never a value.</summary>
    internal abstract void Inspect(AccountInspection inspection);

    /// <summary>Gets the origins that apply when <see cref="AllowedOrigins"/> names none.</summary>
    [JsonIgnore]
    internal virtual AllowedOrigins NaturalOrigins => AllowedOrigins.None;
}
