using System.Runtime.CompilerServices;

namespace Digibee.Accounts;

/// <summary>An AWS access key, which signs requests with Signature Version 4.</summary>
public sealed record AwsV4Account : Account
{
    // Every service of the three partitions has its host below one of these.
    private static readonly AllowedOrigins Aws = ["https://*.amazonaws.com", "https://*.amazonaws.com.cn", "https://*.amazonaws.eu", "https://*.api.aws"];

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

    // Credential=<id>/<date>/<region>/<service>/aws4_request, one of the parts of a header that commas separate. Other servers than AWS take ids of any length.
    private static bool IsScopePart(string value, AccountInspection inspection, [CallerArgumentExpression(nameof(value))] string field = "")
    {
        var isUsable = !value.AsSpan().ContainsAnyExceptInRange('!', '~') && !value.AsSpan().ContainsAny('/', ',');
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
