using System.Runtime.CompilerServices;

namespace Digibee.Accounts;

/// <summary>An AWS access key, which signs requests with Signature Version 4. Its natural origins are those of AWS: <c>*.amazonaws.com</c>, <c>*.amazonaws.com.cn</c>, <c>*.amazonaws.eu</c> and <c>*.api.aws</c>.</summary>
public sealed record AwsV4Account : Account
{
    // Every service of the three partitions has its host below one of these.
    private static readonly AllowedOrigins Aws = ["https://*.amazonaws.com", "https://*.amazonaws.com.cn", "https://*.amazonaws.eu", "https://*.api.aws"];

    /// <summary>Gets the access key id. It is an identifier, travels in clear, and is kept as the fact <c>accessKeyId</c>. Visible ASCII without slash and comma, checked at save as for the service and region.</summary>
    /// <exception cref="ArgumentException">It holds a line break or NUL, or is <see langword="null"/>.</exception>
    public required string AccessKeyId
    {
        get;
        init => field = FieldGuard.SingleLine(value);
    }

    /// <summary>Gets the secret access key.</summary>
    /// <exception cref="ArgumentException">It holds a line break or NUL, or is <see langword="null"/>.</exception>
    public required Secret SecretAccessKey
    {
        get;
        init => field = FieldGuard.SingleLine(value);
    }

    /// <summary>Gets the session token of temporary credentials.</summary>
    /// <exception cref="ArgumentException">It holds a line break or NUL.</exception>
    public Secret? SessionToken
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    /// <summary>Gets the service's signing name, such as <c>s3</c>; <see langword="null"/> to take it from the request or its host.</summary>
    /// <exception cref="ArgumentException">It holds a line break or NUL.</exception>
    public string? Service
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    /// <summary>Gets the region, such as <c>eu-central-1</c>; <see langword="null"/> to take it from the request or its host.</summary>
    /// <exception cref="ArgumentException">It holds a line break or NUL.</exception>
    public string? Region
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    private protected override AccountType TypeCore => AccountType.AwsV4;

    internal override AllowedOrigins NaturalOrigins => Aws;

    private protected override void InspectCore(AccountInspection inspection)
    {
        if (inspection.Require(AccessKeyId) && IsScopePart(AccessKeyId, inspection))
        {
            inspection.Note("accessKeyId", AccessKeyId);
        }

        inspection.Require(SecretAccessKey);
        if (inspection.Allow(SessionToken) && !SecretSyntax.IsHeaderValue(SessionToken.RevealBytes()))
        {
            inspection.Refuse(nameof(SessionToken), "a header carries visible ASCII only, with spaces and tabs inside. Copy it again.");
        }

        if (SessionToken is null && AccessKeyId.StartsWith("ASIA", StringComparison.Ordinal))
        {
            inspection.Warn(nameof(SessionToken), "the access key id is that of temporary credentials, which AWS takes with their session token only.");
        }

        if (inspection.Allow(Service) && IsScopePart(Service, inspection))
        {
            WarnOfUpperCase(Service, inspection);
        }

        if (inspection.Allow(Region) && IsScopePart(Region, inspection))
        {
            WarnOfUpperCase(Region, inspection);
        }
    }

    private static bool IsScopePart(string value, AccountInspection inspection, [CallerArgumentExpression(nameof(value))] string field = "")
    {
        var isUsable = AwsV4ScopeSyntax.IsPart(value);
        if (!isUsable)
        {
            inspection.Refuse(field, "it holds a character that cannot stand in the scope of a signature: only visible ASCII can, without slash and comma.");
        }

        return isUsable;
    }

    private static void WarnOfUpperCase(string value, AccountInspection inspection, [CallerArgumentExpression(nameof(value))] string field = "")
    {
        if (value.AsSpan().ContainsAnyInRange('A', 'Z'))
        {
            inspection.Warn(field, "AWS writes it in lower case, and the signature covers it as it is written here.");
        }
    }
}
