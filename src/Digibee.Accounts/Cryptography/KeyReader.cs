using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>Reads keys and certificates as people have them: PEM of any mixture, DER and PKCS#12 as they are or in base64, a JSON Web Key, an OpenSSH public key. Never throws for what is in the data; takes bounded time and memory whatever the data ask for.</summary>
internal static class KeyReader
{
    /// <summary>Reads everything that is in the data, or says why it cannot be read.</summary>
    /// <param name="data">The text or the file.</param>
    /// <param name="password">The password of what is encrypted; <see langword="null"/> for none.</param>
    /// <returns>What was found; the caller disposes it.</returns>
    public static KeyMaterial Read(ReadOnlySpan<byte> data, Secret? password)
    {
        var material = new KeyMaterial();
        try
        {
            if (data.IndexOf("-----BEGIN "u8) >= 0)
            {
                PemReader.Read(data, password, material);
            }
            else
            {
                ReadWithoutLines(data, password, material);
            }
        }
        catch (Exception exception) when (IsOfTheData(exception))
        {
            material.Fail(KeyProblem.Malformed);
        }

        if (material.IsEmpty)
        {
            material.Fail(KeyProblem.Nothing);
        }

        return material;
    }

    /// <summary>Reads the key of a certificate that was read before.</summary>
    public static LoadedKey? ReadCertificateKey(byte[] certificateDer, KeyMaterial material)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(certificateDer);
            return PublicKeyReader.ReadInfo(certificate.PublicKey.ExportSubjectPublicKeyInfo(), material);
        }
        catch (Exception exception) when (IsOfTheData(exception))
        {
            material.Fail(KeyProblem.Malformed);
            return null;
        }
    }

    // No DER begins as any of the texts does, and no base64 of DER otherwise than with an M.
    private static void ReadWithoutLines(ReadOnlySpan<byte> data, Secret? password, KeyMaterial material)
    {
        var text = data.StartsWith("\uFEFF"u8) ? data["\uFEFF"u8.Length..] : data;
        text = text.Trim(" \t\r\n"u8);
        if (text.StartsWith("{"u8))
        {
            JwkReader.Read(text, material);
        }
        else if (SshPublicKeyReader.IsOne(text))
        {
            SshPublicKeyReader.Read(text, material);
        }
        else if (text.StartsWith("M"u8))
        {
            using var der = PemBody.Decode(text, out _);
            DerReader.Read(der is null ? default : der.Memory, password, material);
        }
        else
        {
            using var der = new SecretBuffer(data.Length, data.Length);
            data.CopyTo(der.Span);
            DerReader.Read(der.Memory, password, material);
        }
    }

    // BouncyCastle has one for each reader; all say that a number or a length in the data is not right.
    private static bool IsOfTheData(Exception exception) =>
        exception is AsnContentException or CryptographicException or ArgumentException or FormatException or InvalidOperationException or ArithmeticException or IOException or JsonException
        || exception.GetType().Namespace?.StartsWith("Org.BouncyCastle", StringComparison.Ordinal) is true;
}
