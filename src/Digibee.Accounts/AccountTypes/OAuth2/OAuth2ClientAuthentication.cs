namespace Digibee.Accounts;

/// <summary>How the client proves itself at the token endpoint.</summary>
public enum OAuth2ClientAuthentication
{
    /// <summary>By <see cref="Basic"/> when the account has a client secret, by <see cref="None"/> when it has none.</summary>
    Default = 0,

    /// <summary>The client's id and secret in <c>Authorization: Basic</c>, form-urlencoded first (RFC 6749, section 2.3.1).</summary>
    Basic = 1,

    /// <summary>The client's id and secret in the form (RFC 6749, section 2.3.1).</summary>
    Post = 2,

    /// <summary>An assertion signed with a Private Key account (<c>private_key_jwt</c>: RFC 7523, section 2.2).</summary>
    PrivateKeyJwt = 3,

    /// <summary>The client's id alone: a public client.</summary>
    None = 4,

    /// <summary>By the TLS client certificate of <see cref="OAuth2Account.CertificateAccount"/>: <c>tls_client_auth</c> and <c>self_signed_tls_client_auth</c> (RFC 8705, section 2), which differ at the provider alone.</summary>
    TlsCertificate = 5,
}
