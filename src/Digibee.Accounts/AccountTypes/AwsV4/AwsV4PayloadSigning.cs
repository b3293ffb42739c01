namespace Digibee.Accounts;

/// <summary>What the signature says of a request's body.</summary>
public enum AwsV4PayloadSigning
{
    /// <summary>Its hash. The body is read before it is sent, so it must be one that can be sent again: bytes, text, a form, JSON, a stream that can seek, a multipart of these, or what
    /// <see cref="HttpRequestMessageAccountExtensions.AllowContentReplay"/> marks.</summary>
    Hashed = 0,

    /// <summary><c>UNSIGNED-PAYLOAD</c>: nothing, so that TLS alone protects it. S3 takes it, most other services do not. The body is not read before it is sent.</summary>
    NotSigned = 1,

    /// <summary>S3 only: each 64 KiB of it, signed while it is sent (<c>aws-chunked</c>). The body is read once, its length must be known, and nothing is kept of it. Some servers that speak
    /// S3, such as Cloudflare R2 and old releases of MinIO, refuse it.</summary>
    SignedChunks = 2,
}
