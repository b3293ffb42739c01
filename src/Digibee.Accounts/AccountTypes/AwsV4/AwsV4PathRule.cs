namespace Digibee.Accounts;

/// <summary>How a service derives the canonical path from the path that was sent.</summary>
internal enum AwsV4PathRule
{
    /// <summary>Dot segments and empty segments go, the rest is encoded once more: every service but those of S3.</summary>
    NormalizeAndEncode,

    /// <summary>Encoded once more, as it was sent.</summary>
    Encode,

    /// <summary>Decoded and encoded again, as it was sent otherwise: a key of S3 may hold dots and slashes of any kind.</summary>
    Reencode,
}
