using System.Formats.Asn1;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Digibee.Accounts;

/// <summary>Keys on the curves of RFC 7748 and 8032, in the encoding of RFC 8410. The platform has none of them.</summary>
internal static class EdwardsKeys
{
    /// <summary>Reads a private key; it is wiped.</summary>
    /// <param name="algorithm">The curve.</param>
    /// <param name="oid">Its object identifier.</param>
    /// <param name="key">The bytes of the number.</param>
    /// <param name="material">Told of a problem.</param>
    public static LoadedKey? ReadPrivate(KeyAlgorithm algorithm, string oid, byte[] key, KeyMaterial material)
    {
        try
        {
            if (key.Length != Length(algorithm))
            {
                material.Fail(KeyProblem.Malformed);
                return null;
            }

            return new LoadedKey(algorithm, Encode(oid, key), EncodePublic(oid, PublicKeyOf(algorithm, key)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Reads a public key.</summary>
    public static LoadedKey? ReadPublic(KeyAlgorithm algorithm, string oid, ReadOnlySpan<byte> key, KeyMaterial material)
    {
        if (key.Length != Length(algorithm) || !IsPoint(algorithm, key.ToArray()))
        {
            material.Fail(KeyProblem.Malformed);
            return null;
        }

        return new LoadedKey(algorithm, privateKeyInfo: null, EncodePublic(oid, key));
    }

    /// <summary>Gives the bytes of a public key as its standard has them, out of its SubjectPublicKeyInfo.</summary>
    public static ReadOnlySpan<byte> PublicBytesOf(LoadedKey key) => key.PublicKeyInfo[^Length(key.Algorithm)..];

    private static int Length(KeyAlgorithm algorithm) => algorithm switch
    {
        KeyAlgorithm.Ed448 => 57,
        KeyAlgorithm.X448 => 56,
        _ => 32,
    };

    // Of the group that the standard means: under the few other points, one signature fits many messages.
    private static bool IsPoint(KeyAlgorithm algorithm, byte[] key) => algorithm switch
    {
        KeyAlgorithm.Ed25519 => Ed25519.ValidatePublicKeyFull(key, 0),
        KeyAlgorithm.Ed448 => Ed448.ValidatePublicKeyFull(key, 0),
        _ => true,
    };

    private static byte[] PublicKeyOf(KeyAlgorithm algorithm, byte[] key) => algorithm switch
    {
        KeyAlgorithm.Ed25519 => new Ed25519PrivateKeyParameters(key).GeneratePublicKey().GetEncoded(),
        KeyAlgorithm.Ed448 => new Ed448PrivateKeyParameters(key).GeneratePublicKey().GetEncoded(),
        KeyAlgorithm.X25519 => new X25519PrivateKeyParameters(key).GeneratePublicKey().GetEncoded(),
        _ => new X448PrivateKeyParameters(key).GeneratePublicKey().GetEncoded(),
    };

    private static SecretBuffer Encode(string oid, ReadOnlySpan<byte> key)
    {
        var info = new AsnWriter(AsnEncodingRules.DER);
        using (info.PushSequence())
        {
            info.WriteInteger(0);
            using (info.PushSequence())
            {
                info.WriteObjectIdentifier(oid);
            }

            using (info.PushOctetString())
            {
                info.WriteOctetString(key);
            }
        }

        var buffer = new SecretBuffer(info.GetEncodedLength(), info.GetEncodedLength());
        info.Encode(buffer.Span);

        // It wipes what it wrote.
        info.Reset();
        return buffer;
    }

    private static byte[] EncodePublic(string oid, ReadOnlySpan<byte> key)
    {
        var info = new AsnWriter(AsnEncodingRules.DER);
        using (info.PushSequence())
        {
            using (info.PushSequence())
            {
                info.WriteObjectIdentifier(oid);
            }

            info.WriteBitString(key);
        }

        return info.Encode();
    }
}
