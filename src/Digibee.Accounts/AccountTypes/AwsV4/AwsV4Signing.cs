using System.Runtime.CompilerServices;

namespace Digibee.Accounts;

/// <summary>How one message is signed by an AWS V4 account, where the account and the host do not say it.</summary>
/// <remarks>Immutable, so one instance may serve any number of messages. Signature Version 4 is described in the AWS IAM User Guide, "AWS Signature Version 4 for API requests".</remarks>
public sealed record AwsV4Signing : IAccountSettings
{
    /// <summary>Gets the service's signing name, such as <c>s3</c>. It goes before the account's.</summary>
    /// <value><see langword="null"/>, the default, for the account's, or else what a host name of AWS says.</value>
    /// <exception cref="ArgumentException">It is empty, or holds anything but visible ASCII without slash and comma.</exception>
    public string? Service
    {
        get;
        init => field = ScopePart(value);
    }

    /// <summary>Gets the region, such as <c>eu-central-1</c>. It goes before the account's.</summary>
    /// <value><see langword="null"/>, the default, for the account's, or else what a host name of AWS says.</value>
    /// <exception cref="ArgumentException">It is empty, or holds anything but visible ASCII without slash and comma.</exception>
    public string? Region
    {
        get;
        init => field = ScopePart(value);
    }

    /// <summary>Gets the regions in which the signature is good: <c>eu-west-1</c>, <c>us-*</c>, or <c>*</c> for all. Where there are any, the message is signed with Signature Version 4A, whose key no region owns.</summary>
    /// <value>Empty by default: Signature Version 4, for the one <see cref="Region"/>. Multi-Region Access Points of S3 and global endpoints ask for 4A.</value>
    /// <exception cref="ArgumentException">One holds anything but visible ASCII without slash and comma.</exception>
    public NameList RegionSet
    {
        get => field ?? NameList.Empty;
        init => field = FieldGuard.NotNull(value).All(static region => AwsV4ScopeSyntax.IsPart(region)) ? NameList.OrNull(value)
            : throw new ArgumentException("Only visible ASCII can stand in the name of a region, without slash and comma.", nameof(RegionSet));
    }

    /// <summary>Gets headers to sign, if the message has them, besides those that always are: <c>Host</c>, <c>Content-Type</c>, <c>Content-MD5</c> and all <c>X-Amz-</c>*. Their case does not matter.</summary>
    /// <remarks>OpenSearch Serverless (<c>aoss</c>) takes no signed <c>Content-Length</c>, which is left out for it.</remarks>
    /// <value>Empty by default. Sign nothing that a handler further in, a proxy or a distribution network may touch.</value>
    /// <exception cref="ArgumentException">One is not a header's name, or is a header that changes on its way, such as <c>User-Agent</c> or <c>Connection</c>.</exception>
    public NameList SignedHeaders
    {
        get => field ?? NameList.Empty;
        init => field = AwsV4HeaderRules.CanBeSigned(FieldGuard.NotNull(value)) ? NameList.OrNull(value)
            : throw new ArgumentException("One of the headers cannot be signed: it is no header's name, or its value changes on the way to the service.", nameof(SignedHeaders));
    }

    /// <summary>Gets headers to leave unsigned. Their case does not matter. AWS refuses requests whose <c>X-Amz-</c> headers are not all signed; some services that verify such signatures do not.</summary>
    /// <value>Empty by default.</value>
    /// <exception cref="ArgumentException">One is not a header's name, or is one without which there is no signature: <c>Host</c>, <c>X-Amz-Date</c>, <c>X-Amz-Content-Sha256</c>, <c>X-Amz-Security-Token</c>.</exception>
    public NameList UnsignedHeaders
    {
        get => field ?? NameList.Empty;
        init => field = AwsV4HeaderRules.CanBeUnsigned(FieldGuard.NotNull(value)) ? NameList.OrNull(value)
            : throw new ArgumentException("One of the headers cannot be left unsigned: it is no header's name, or there is no signature without it.", nameof(UnsignedHeaders));
    }

    /// <summary>Gets what the signature says of the body.</summary>
    /// <value>The default is <see cref="AwsV4PayloadSigning.Hashed"/>.</value>
    /// <exception cref="ArgumentException">Not one of the defined values.</exception>
    public AwsV4PayloadSigning Payload
    {
        get;
        init => field = FieldGuard.Defined(value);
    }

    /// <summary>Gets the SHA-256 hash of the body, in lower-case hexadecimal, for a caller who knows it: the body is then not read before it is sent.</summary>
    /// <value><see langword="null"/>, the default, to compute it. It has no meaning with <see cref="AwsV4PayloadSigning.NotSigned"/>.</value>
    /// <exception cref="ArgumentException">It is not 64 lower-case hexadecimal digits.</exception>
    public string? PayloadHash
    {
        get;
        init => field = value is null || AwsV4Payload.IsHash(value) ? value : throw new ArgumentException("A SHA-256 hash is 64 lower-case hexadecimal digits.", nameof(PayloadHash));
    }

    /// <summary>Gets how many bytes of a body that can be read only once are kept in memory, so that it can be hashed and then sent. A longer one is refused, and is used up.</summary>
    /// <value>Zero, the default: such a body is refused at once, and stays as it is.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int MaxBufferedBytes
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(MaxBufferedBytes), "A number of bytes cannot be negative.");
    }

    /// <summary>Gets whether <see cref="AwsV4PayloadSigning.NotSigned"/> is taken over clear text too, where anybody on the way can change the body.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AllowUnsignedPayloadOverHttp { get; init; }

    /// <summary>Gets the regions as they are sent; <see langword="null"/> for Signature Version 4.</summary>
    internal string? RegionSetText => RegionSet.Count switch
    {
        0 => null,
        1 => RegionSet[0],
        _ => string.Join(',', RegionSet),
    };

    /// <summary>Gets the checksum that is computed while the body is sent, and signed behind it. It has a meaning with <see cref="AwsV4PayloadSigning.SignedChunks"/> only.</summary>
    /// <value>The default is <see cref="AwsV4TrailingChecksum.None"/>.</value>
    /// <exception cref="ArgumentException">Not one of the defined values.</exception>
    public AwsV4TrailingChecksum TrailingChecksum
    {
        get;
        init => field = FieldGuard.Defined(value);
    }

    internal static AwsV4Signing Default { get; } = new();

    string IAccountSettings.AccountTypes => AccountType.AwsV4.DisplayName;

    bool IAccountSettings.AreFor(AccountType type) => type == AccountType.AwsV4;

    private static string? ScopePart(string? value, [CallerMemberName] string field = "") =>
        value is null || AwsV4ScopeSyntax.IsPart(value) ? value : throw new ArgumentException("Only visible ASCII can stand in the scope of a signature, without slash and comma.", field);
}
