namespace Digibee.Accounts;

/// <summary>An AWS access key, which signs requests with Signature Version 4.</summary>
public sealed record AwsV4Account : Account
{
    /// <summary>Gets the access key id. It is an identifier and travels in clear.</summary>
    public required string AccessKeyId
    {
        get;
        init => field = FieldGuard.SingleLine(value);
    }

    /// <summary>Gets the secret access key.</summary>
    public required Secret SecretAccessKey
    {
        get;
        init => field = FieldGuard.SingleLine(value);
    }

    /// <summary>Gets the session token of temporary credentials.</summary>
    public Secret? SessionToken
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    /// <summary>Gets the service's signing name, such as <c>s3</c>; <see langword="null"/> to take it from the request or its host.</summary>
    public string? Service
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    /// <summary>Gets the region, such as <c>eu-central-1</c>; <see langword="null"/> to take it from the request or its host.</summary>
    public string? Region
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    private protected override AccountType TypeCore => AccountType.AwsV4;

    internal override void Inspect(AccountInspection inspection)
    {
    }
}
