namespace Digibee.Accounts;

/// <summary>Where the accounts of a configuration stand: see <c>AddAccounts</c>.</summary>
public sealed class AccountConfigurationOptions
{
    /// <summary>Gets or sets the realm of these accounts.</summary>
    /// <value>An address part; <see langword="null"/>, the default, for <see cref="DigibeeAccountsOptions.Realm"/>.</value>
    public string? Realm { get; set; }

    /// <summary>Gets or sets the environment of these accounts.</summary>
    /// <value>An address part; <see langword="null"/>, the default, for <see cref="DigibeeAccountsOptions.Environment"/>.</value>
    public string? Environment { get; set; }
}
