namespace Digibee.Accounts;

/// <summary>How one URI is signed. Immutable, so one instance may serve any number of them.</summary>
public sealed record AwsV4PresignOptions
{
    /// <summary>Gets service, region, headers and what else the account and the host do not say.</summary>
    /// <value>By default, what they say.</value>
    public AwsV4Signing Signing
    {
        get => field ?? AwsV4Signing.Default;
        init => field = FieldGuard.NotNull(value) == AwsV4Signing.Default ? null : value;
    }

    /// <summary>Gets the origins the account may sign for here, beside what the account names: where both are given, both must allow.</summary>
    /// <value><see langword="null"/>, the default: the account's own origins decide.</value>
    public AllowedOrigins? Origins { get; init; }

    /// <summary>Gets whether the session token of temporary credentials is added after signing. AWS IoT wants it so; all other services want it signed.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AddSessionTokenAfterSigning { get; init; }

    internal static AwsV4PresignOptions Default { get; } = new();
}
