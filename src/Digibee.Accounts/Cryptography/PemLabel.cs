using System.Text;

namespace Digibee.Accounts;

/// <summary>The labels of PEM blocks, RFC 7468's and OpenSSL's older ones.</summary>
internal static class PemLabel
{
    public static PemForm FormOf(ReadOnlySpan<byte> label) => Encoding.ASCII.GetString(label) switch
    {
        "CERTIFICATE" or "X509 CERTIFICATE" => PemForm.Certificate,
        "TRUSTED CERTIFICATE" => PemForm.TrustedCertificate,
        "PRIVATE KEY" => PemForm.PrivateKey,
        "ENCRYPTED PRIVATE KEY" => PemForm.EncryptedPrivateKey,
        "RSA PRIVATE KEY" => PemForm.RsaPrivateKey,
        "EC PRIVATE KEY" => PemForm.EcPrivateKey,
        "EC PARAMETERS" => PemForm.EcParameters,
        "OPENSSH PRIVATE KEY" => PemForm.OpenSshPrivateKey,
        "PUBLIC KEY" => PemForm.PublicKey,
        "RSA PUBLIC KEY" => PemForm.RsaPublicKey,
        var other => other.EndsWith("PRIVATE KEY", StringComparison.Ordinal) ? PemForm.UnsupportedPrivateKey : PemForm.Other,
    };
}
