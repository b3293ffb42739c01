using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>Reads one JSON Web Key, public or private: RSA and EC of RFC 7518, section 6, the curves of RFC 8037, and secp256k1 of RFC 8812.</summary>
internal static class JwkReader
{
    /// <summary>Reads a key.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static void Read(ReadOnlySpan<byte> json, KeyMaterial material)
    {
        var members = default(JwkMembers);
        if (!members.TryRead(json))
        {
            material.Fail(KeyProblem.Malformed);
        }
        else if (members.Type.SequenceEqual("RSA"u8))
        {
            material.Add(ReadRsa(members, material));
        }
        else if (members.Type.SequenceEqual("EC"u8))
        {
            material.Add(ReadEc(members, material));
        }
        else if (members.Type.SequenceEqual("OKP"u8))
        {
            material.Add(ReadEdwards(members, material));
        }
        else
        {
            material.Fail(KeyProblem.Unsupported);
        }
    }

    private static LoadedKey? ReadRsa(scoped in JwkMembers members, KeyMaterial material)
    {
        var modulus = Decode(members.N, 0);
        var half = (modulus.Length + 1) / 2;
        var isPrivate = !members.D.IsEmpty;
        if (isPrivate && members.HasOtherPrimes)
        {
            material.Fail(KeyProblem.Unsupported);
            return null;
        }

        var key = new RSAParameters { Modulus = modulus, Exponent = Decode(members.E, 0) };
        try
        {
            if (isPrivate)
            {
                key.D = Decode(members.D, modulus.Length);
                key.P = Decode(members.P, half);
                key.Q = Decode(members.Q, half);
                key.DP = Decode(members.DP, half);
                key.DQ = Decode(members.DQ, half);
                key.InverseQ = Decode(members.QI, half);
            }

            using var rsa = RSA.Create();
            rsa.ImportParameters(key);
            return isPrivate ? PrivateKeyReader.LoadRsa(rsa, KeyAlgorithm.Rsa, material) : PublicKeyReader.LoadRsa(rsa, KeyAlgorithm.Rsa, material);
        }
        finally
        {
            foreach (var secret in new[] { key.D, key.P, key.Q, key.DP, key.DQ, key.InverseQ })
            {
                CryptographicOperations.ZeroMemory(secret);
            }
        }
    }

    private static LoadedKey? ReadEc(scoped in JwkMembers members, KeyMaterial material)
    {
        if (KeyOids.CurveOfJwk(members.Curve) is not { } curve)
        {
            material.Fail(KeyProblem.Unsupported);
            return null;
        }

        // Both numbers have the curve's length (RFC 7518, section 6.2.1.2).
        var size = KeyOids.CurveLength(curve);
        var publicKey = PublicKeyReader.LoadEc(curve, [0x04, .. DecodeExactly(members.X, size), .. DecodeExactly(members.Y, size)], material);
        if (members.D.IsEmpty)
        {
            return publicKey;
        }

        var number = Decode(members.D, size);
        try
        {
            return Matching(PrivateKeyReader.LoadEc(curve, number, size, material), publicKey, material);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(number);
        }
    }

    private static LoadedKey? ReadEdwards(scoped in JwkMembers members, KeyMaterial material)
    {
        var (algorithm, oid) = members.Curve switch
        {
            _ when members.Curve.SequenceEqual("Ed25519"u8) => (KeyAlgorithm.Ed25519, KeyOids.Ed25519),
            _ when members.Curve.SequenceEqual("Ed448"u8) => (KeyAlgorithm.Ed448, KeyOids.Ed448),
            _ when members.Curve.SequenceEqual("X25519"u8) => (KeyAlgorithm.X25519, KeyOids.X25519),
            _ when members.Curve.SequenceEqual("X448"u8) => (KeyAlgorithm.X448, KeyOids.X448),
            _ => default,
        };
        if (oid is null)
        {
            material.Fail(KeyProblem.Unsupported);
            return null;
        }

        var publicKey = EdwardsKeys.ReadPublic(algorithm, oid, Decode(members.X, 0), material);
        return members.D.IsEmpty ? publicKey : Matching(EdwardsKeys.ReadPrivate(algorithm, oid, Decode(members.D, 0), material), publicKey, material);
    }

    // A public half that is another's would sign under a key that nobody can check.
    private static LoadedKey? Matching(LoadedKey? privateKey, LoadedKey? publicKey, KeyMaterial material)
    {
        if (privateKey is null || publicKey is null || privateKey.PublicKeyInfo.SequenceEqual(publicKey.PublicKeyInfo))
        {
            return privateKey;
        }

        privateKey.Dispose();
        material.Fail(KeyProblem.Malformed);
        return null;
    }

    private static byte[] DecodeExactly(ReadOnlySpan<byte> text, int length)
    {
        var decoded = Decode(text, 0);
        return decoded.Length == length ? decoded : throw new FormatException("A number has another length than its curve.");
    }

    // Big endian, and as long as asked for: leading zeros may be missing where others expect them. On the pinned heap, for the caller to wipe.
    private static byte[] Decode(ReadOnlySpan<byte> text, int length)
    {
        using var decoded = new SecretBuffer(Base64Url.GetMaxDecodedLength(text.Length), Base64Url.GetMaxDecodedLength(text.Length));
        if (text.IsEmpty || Base64Url.DecodeFromUtf8(text, decoded.Span, out _, out var written) != OperationStatus.Done)
        {
            throw new FormatException("A number is missing, or is not base64url.");
        }

        var number = (ReadOnlySpan<byte>)decoded.Span[..written];
        if (length == 0)
        {
            length = written;
        }
        else
        {
            number = number.TrimStart((byte)0);
        }

        return number.Length <= length ? Padded(number, length) : throw new FormatException("A number is too large.");
    }

    private static byte[] Padded(ReadOnlySpan<byte> number, int length)
    {
        var padded = GC.AllocateArray<byte>(length, pinned: true);
        number.CopyTo(padded.AsSpan(length - number.Length));
        return padded;
    }
}
