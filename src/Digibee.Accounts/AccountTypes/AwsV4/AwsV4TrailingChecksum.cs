namespace Digibee.Accounts;

/// <summary>A checksum of the body that is sent behind it, signed, and kept by S3 with the object.</summary>
public enum AwsV4TrailingChecksum
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>x-amz-checksum-crc32c</c>.</summary>
    Crc32C = 1,

    /// <summary><c>x-amz-checksum-sha256</c>.</summary>
    Sha256 = 2,
}
