using System.Diagnostics;

namespace Digibee.Accounts;

/// <summary>A form that uploads one file to S3, signed. Immutable.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class AwsV4PresignedPost
{
    internal AwsV4PresignedPost(Uri uri, IReadOnlyList<KeyValuePair<string, string>> fields, AwsV4Validity validity)
    {
        Uri = uri;
        Fields = fields;
        ExpiresAt = validity.ExpiresAt;
        CredentialsEnd = validity.CredentialsEnd;
    }

    /// <summary>Gets where the form is posted, as <c>multipart/form-data</c>.</summary>
    public Uri Uri { get; }

    /// <summary>Gets the fields to send as they are, before the field <c>file</c>, which comes last. Together they are a credential. What the policy lets others choose is not among them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; }

    /// <summary>Gets when it stops working: at the end of its lifetime, or with the credentials if they are known to end earlier.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>Gets whether the credentials last as long as the lifetime that was asked for.</summary>
    public AwsV4CredentialsEnd CredentialsEnd { get; }

    /// <summary>Returns the origin.</summary>
    /// <returns>Text without the signature.</returns>
    public override string ToString() => $"POST {Uri.GetLeftPart(UriPartial.Authority)}/***";
}
