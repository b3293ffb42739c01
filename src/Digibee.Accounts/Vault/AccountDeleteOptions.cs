namespace Digibee.Accounts;

/// <summary>The conditions of one delete.</summary>
public sealed record AccountDeleteOptions
{
    /// <summary>Gets the revision that must be stored now; <see langword="null"/>, the default, for any.</summary>
    public long? ExpectedRevision { get; init; }

    /// <summary>Gets whether to delete an account that is in use, that is, one that another account of the same realm and environment refers to, or that an HTTP client used within <see cref="DigibeeAccountsOptions.InUseTime"/>. Those fail when they next need it. The default is <see langword="false"/>.</summary>
    public bool EvenIfInUse { get; init; }
}
