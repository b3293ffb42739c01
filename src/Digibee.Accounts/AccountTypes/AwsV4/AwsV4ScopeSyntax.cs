namespace Digibee.Accounts;

/// <summary>What may stand in <c>Credential=id/date/region/service/aws4_request</c>, one of the parts of a header that commas separate.</summary>
internal static class AwsV4ScopeSyntax
{
    /// <summary>Tells whether a text can be one part. Other servers than AWS take access key ids of any length.</summary>
    public static bool IsPart(ReadOnlySpan<char> value) => !value.IsEmpty && !value.ContainsAnyExceptInRange('!', '~') && !value.ContainsAny('/', ',');
}
