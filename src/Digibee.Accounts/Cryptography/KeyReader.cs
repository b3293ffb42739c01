using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>Reads keys and certificates as people have them: PEM of any mixture, DER, PKCS#12. Never throws for what is in the data; takes bounded time and memory whatever the data ask for.</summary>
internal static class KeyReader
{
    /// <summary>Reads everything that is in the data, or says why it cannot be read.</summary>
    /// <param name="data">PEM text, DER, or PKCS#12.</param>
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
                using var der = new SecretBuffer(data.Length, data.Length);
                data.CopyTo(der.Span);
                DerReader.Read(der.Memory, password, material);
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

    // BouncyCastle has one for each reader; all say that a number or a length in the data is not right.
    private static bool IsOfTheData(Exception exception) =>
        exception is AsnContentException or CryptographicException or ArgumentException or FormatException or InvalidOperationException or ArithmeticException or IOException
        || exception.GetType().Namespace?.StartsWith("Org.BouncyCastle", StringComparison.Ordinal) is true;
}
