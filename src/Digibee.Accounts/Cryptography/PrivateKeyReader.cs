using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>Reads private keys in the encodings that people have, into one: PKCS#8 (RFC 5958), PKCS#1 (RFC 8017) and SEC 1 (RFC 5915).</summary>
internal static class PrivateKeyReader
{
    // Whoever writes a larger one does not mean to use it.
    public const int MostRsaBits = 16_384;

    /// <summary>Reads a PrivateKeyInfo.</summary>
    public static LoadedKey? ReadPkcs8(ReadOnlyMemory<byte> der, KeyMaterial material)
    {
        var info = new AsnReader(der, AsnEncodingRules.BER).ReadSequence();
        if (!info.TryReadInt32(out var version) || version is not (0 or 1))
        {
            return Fail(material, KeyProblem.Malformed);
        }

        var algorithm = info.ReadSequence();
        var oid = algorithm.ReadObjectIdentifier();
        if (!info.TryReadPrimitiveOctetString(out var key))
        {
            return Fail(material, KeyProblem.Malformed);
        }

        return KeyOids.AlgorithmOf(oid) switch
        {
            null => Fail(material, KeyProblem.Unsupported),
            KeyAlgorithm.Rsa => ReadRsa(key, KeyAlgorithm.Rsa, material),
            KeyAlgorithm.RsaPss => ReadRsa(key, KeyAlgorithm.RsaPss, material)?.BoundTo(PssParameters.ReadHash(algorithm)),
            KeyAlgorithm.Ec => ReadEc(key, CurveOf(algorithm), material),
            var curve => EdwardsKeys.ReadPrivate(curve.Value, oid, new AsnReader(key, AsnEncodingRules.BER).ReadOctetString(), material),
        };
    }

    /// <summary>Reads an RSAPrivateKey.</summary>
    public static LoadedKey? ReadRsa(ReadOnlyMemory<byte> der, KeyAlgorithm algorithm, KeyMaterial material)
    {
        using var rsa = RSA.Create();
        rsa.ImportRSAPrivateKey(der.Span, out _);
        return LoadRsa(rsa, algorithm, material);
    }

    /// <summary>Takes an RSA key over.</summary>
    public static LoadedKey? LoadRsa(RSA rsa, KeyAlgorithm algorithm, KeyMaterial material) =>
        rsa.KeySize <= MostRsaBits ? Load(algorithm, rsa, material) : Fail(material, KeyProblem.Unsupported);

    /// <summary>Reads an ECPrivateKey.</summary>
    /// <param name="der">The key.</param>
    /// <param name="curve">The curve, as it stands outside; <see langword="null"/> when the key says it itself.</param>
    /// <param name="material">Told of a problem.</param>
    public static LoadedKey? ReadEc(ReadOnlyMemory<byte> der, string? curve, KeyMaterial material)
    {
        var key = new AsnReader(der, AsnEncodingRules.BER).ReadSequence();
        if (!key.TryReadInt32(out var version) || version != 1)
        {
            return Fail(material, KeyProblem.Malformed);
        }

        using var number = new SecretBuffer(der.Length, der.Length);
        if (!key.TryReadOctetString(number.Span, out var length))
        {
            return Fail(material, KeyProblem.Malformed);
        }

        number.Truncate(length);
        if (key.HasData && key.PeekTag().HasSameClassAndValue(new Asn1Tag(TagClass.ContextSpecific, 0)))
        {
            curve = CurveOf(key.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)));
        }

        // The public point is derived anew: it may be missing or compressed, and it may be another's.
        return curve is null || KeyOids.CurveLength(curve) is not (> 0 and var size)
            ? Fail(material, KeyProblem.Unsupported)
            : LoadEc(curve, number.Span, size, material);
    }

    /// <summary>Reads a curve's name; <see langword="null"/> for one that is written out in numbers, or left out.</summary>
    public static string? CurveOf(AsnReader parameters) =>
        parameters.HasData && parameters.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier) ? parameters.ReadObjectIdentifier() : null;

    /// <summary>Makes a key of its number on a curve.</summary>
    /// <param name="curve">The curve's object identifier.</param>
    /// <param name="number">The number, big endian.</param>
    /// <param name="size">The bytes of numbers on this curve.</param>
    /// <param name="material">Told of a problem.</param>
    public static LoadedKey? LoadEc(string curve, ReadOnlySpan<byte> number, int size, KeyMaterial material)
    {
        number = number.TrimStart((byte)0);
        if (number.IsEmpty || number.Length > size)
        {
            return Fail(material, KeyProblem.Malformed);
        }

        var d = GC.AllocateArray<byte>(size, pinned: true);
        number.CopyTo(d.AsSpan(size - number.Length));
        try
        {
            using var ecdsa = ECDsa.Create(new ECParameters { Curve = ECCurve.CreateFromValue(curve), D = d });
            return Load(KeyAlgorithm.Ec, ecdsa, material);
        }
        catch (PlatformNotSupportedException)
        {
            return Fail(material, KeyProblem.Unsupported);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(d);
        }
    }

    private static LoadedKey? Load(KeyAlgorithm algorithm, AsymmetricAlgorithm key, KeyMaterial material)
    {
        var buffer = new SecretBuffer(MostRsaBits, MostRsaBits);
        if (!key.TryExportPkcs8PrivateKey(buffer.Span, out var length))
        {
            buffer.Dispose();
            return Fail(material, KeyProblem.Unsupported);
        }

        buffer.Truncate(length);
        return new LoadedKey(algorithm, buffer, key.ExportSubjectPublicKeyInfo());
    }

    private static LoadedKey? Fail(KeyMaterial material, KeyProblem problem)
    {
        material.Fail(problem);
        return null;
    }
}
