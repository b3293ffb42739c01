using System.Numerics;
using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>The numbers of a private key as OpenSSH writes them, by the type of the key.</summary>
internal static class OpenSshKeyContent
{
    public static LoadedKey? Read(SshWire wire, KeyMaterial material)
    {
        var type = wire.ReadString();
        if (type.SequenceEqual("ssh-ed25519"u8))
        {
            wire.ReadString();
            return ReadEd25519(wire.ReadString(), material);
        }

        if (type.SequenceEqual("ssh-rsa"u8))
        {
            return ReadRsa(wire, material);
        }

        if (KeyOids.CurveOfSsh(type) is { } curve)
        {
            return ReadEc(wire, curve, material);
        }

        material.Fail(KeyProblem.Unsupported);
        return null;
    }

    // The seed, then the public key once more.
    private static LoadedKey? ReadEd25519(ReadOnlySpan<byte> key, KeyMaterial material)
    {
        if (key.Length != 64)
        {
            material.Fail(KeyProblem.Malformed);
            return null;
        }

        return EdwardsKeys.ReadPrivate(KeyAlgorithm.Ed25519, KeyOids.Ed25519, key[..32].ToArray(), material);
    }

    private static LoadedKey? ReadEc(SshWire wire, string curve, KeyMaterial material)
    {
        wire.ReadString();
        wire.ReadString();
        return PrivateKeyReader.LoadEc(curve, wire.ReadString(), KeyOids.CurveLength(curve), material);
    }

    private static LoadedKey? ReadRsa(SshWire wire, KeyMaterial material)
    {
        var n = wire.ReadString().TrimStart((byte)0);
        var e = wire.ReadString().TrimStart((byte)0);
        var d = wire.ReadString();
        var inverse = wire.ReadString();
        var p = wire.ReadString().TrimStart((byte)0);
        var q = wire.ReadString().TrimStart((byte)0);
        if (p.Length > n.Length || q.Length > n.Length)
        {
            material.Fail(KeyProblem.Malformed);
            return null;
        }

        var half = (n.Length + 1) / 2;
        var parameters = new RSAParameters
        {
            Modulus = n.ToArray(),
            Exponent = e.ToArray(),
            D = Sized(d, n.Length),
            P = Sized(p, half),
            Q = Sized(q, half),
            DP = Remainder(d, p, half),
            DQ = Remainder(d, q, half),
            InverseQ = Sized(inverse, half),
        };
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportParameters(parameters);
            return PrivateKeyReader.LoadRsa(rsa, KeyAlgorithm.Rsa, material);
        }
        finally
        {
            foreach (var secret in new[] { parameters.D, parameters.P, parameters.Q, parameters.DP, parameters.DQ, parameters.InverseQ })
            {
                CryptographicOperations.ZeroMemory(secret);
            }
        }
    }

    private static byte[] Remainder(ReadOnlySpan<byte> d, ReadOnlySpan<byte> prime, int length) =>
        Sized((Number(d) % (Number(prime) - 1)).ToByteArray(isUnsigned: true, isBigEndian: true), length);

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Sized(ReadOnlySpan<byte> number, int length)
    {
        number = number.TrimStart((byte)0);
        if (number.Length > length)
        {
            throw new FormatException("A number is too large.");
        }

        var sized = GC.AllocateArray<byte>(length, pinned: true);
        number.CopyTo(sized.AsSpan(length - number.Length));
        return sized;
    }
}
