namespace Digibee.Accounts;

/// <summary>What the signature says of a request's body.</summary>
public enum AwsV4PayloadSigning
{
    /// <summary>Its hash. The body is read before it is sent, so it must be one that can be sent again: bytes, text, a form, JSON, a stream that can seek, a multipart of these, or what
    /// <see cref="HttpRequestMessageAccountExtensions.AllowContentReplay"/> marks.</summary>
    Hashed = 0,

    /// <summary><c>UNSIGNED-PAYLOAD</c>: nothing, so that TLS alone protects it. S3 takes it, most other services do not. The body is not read before it is sent.</summary>
    NotSigned = 1,
}
