namespace Digibee.Accounts;

/// <summary>What single services do otherwise than all others.</summary>
internal static class AwsV4Service
{
    /// <summary>Gets how a service derives the canonical path.</summary>
    public static AwsV4PathRule PathRuleOf(ReadOnlySpan<char> service) =>
        service is "s3" or "s3express" or "s3-object-lambda" or "s3-outposts" ? AwsV4PathRule.Reencode : AwsV4PathRule.NormalizeAndEncode;

    /// <summary>Tells whether a service verifies no payload at all.</summary>
    public static bool TakesUnsignedPayloadOnly(ReadOnlySpan<char> service) => service is "vpc-lattice-svcs";
}
