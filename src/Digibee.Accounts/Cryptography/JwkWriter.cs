using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>Writes a public key as a JSON Web Key, its members in the order of their names, as RFC 7638 hashes them.</summary>
internal static class JwkWriter
{
    public static string Write(LoadedKey key, string? keyId)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            switch (key.Algorithm)
            {
                case KeyAlgorithm.Rsa or KeyAlgorithm.RsaPss:
                    WriteRsa(json, key);
                    break;
                case KeyAlgorithm.Ec:
                    WriteEc(json, key);
                    break;
                default:
                    json.WriteString("crv", key.Algorithm.ToString());
                    json.WriteString("kty", "OKP");
                    WriteNumber(json, "x", EdwardsKeys.PublicBytesOf(key));
                    break;
            }

            if (keyId is not null)
            {
                json.WriteString("kid", keyId);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteRsa(Utf8JsonWriter json, LoadedKey key)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(key.PublicKeyInfo, out _);
        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        WriteNumber(json, "e", parameters.Exponent);
        json.WriteString("kty", "RSA");
        WriteNumber(json, "n", parameters.Modulus);
    }

    private static void WriteEc(Utf8JsonWriter json, LoadedKey key)
    {
        if (KeyOids.SignatureAlgorithmOf(key.Curve) is null)
        {
            throw new NotSupportedException("JSON Web Keys have no name for the key's curve. Hand it out as PEM.");
        }

        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(key.PublicKeyInfo, out _);
        var point = ecdsa.ExportParameters(includePrivateParameters: false).Q;
        json.WriteString("crv", KeyOids.NameOf(key.Curve!));
        json.WriteString("kty", "EC");
        WriteNumber(json, "x", point.X);
        WriteNumber(json, "y", point.Y);
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, ReadOnlySpan<byte> number) => json.WriteString(name, Base64Url.EncodeToUtf8(number));
}
