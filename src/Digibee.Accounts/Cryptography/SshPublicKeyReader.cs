using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>Reads a public key as OpenSSH writes it, on one line: type, base64, comment (RFC 4253, section 6.6; RFC 5656; RFC 8709).</summary>
internal static class SshPublicKeyReader
{
    public static bool IsOne(ReadOnlySpan<byte> text) => text.StartsWith("ssh-"u8) || text.StartsWith("ecdsa-sha2-"u8);

    public static void Read(ReadOnlySpan<byte> line, KeyMaterial material)
    {
        var end = line.IndexOf((byte)' ');
        if (end < 0 || line.IndexOfAny((byte)'\r', (byte)'\n') >= 0)
        {
            material.Fail(KeyProblem.Malformed);
            return;
        }

        var type = line[..end];
        var text = line[(end + 1)..].TrimStart((byte)' ');
        var comment = text.IndexOf((byte)' ');
        text = comment < 0 ? text : text[..comment];
        var data = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        if (Base64.DecodeFromUtf8(text, data, out _, out var length) != OperationStatus.Done)
        {
            material.Fail(KeyProblem.Malformed);
            return;
        }

        var wire = new SshWire(data.AsSpan(0, length));
        if (wire.ReadString().SequenceEqual(type))
        {
            material.Add(Read(type, ref wire, material));
        }

        if (!wire.Rest.IsEmpty || material.IsEmpty)
        {
            material.Fail(KeyProblem.Malformed);
        }
    }

    private static LoadedKey? Read(ReadOnlySpan<byte> type, ref SshWire wire, KeyMaterial material)
    {
        if (type.SequenceEqual("ssh-ed25519"u8))
        {
            return EdwardsKeys.ReadPublic(KeyAlgorithm.Ed25519, KeyOids.Ed25519, wire.ReadString(), material);
        }

        if (type.SequenceEqual("ssh-rsa"u8))
        {
            var exponent = wire.ReadString().TrimStart((byte)0).ToArray();
            using var rsa = RSA.Create(new RSAParameters { Exponent = exponent, Modulus = wire.ReadString().TrimStart((byte)0).ToArray() });
            return PublicKeyReader.LoadRsa(rsa, KeyAlgorithm.Rsa, material);
        }

        if (KeyOids.CurveOfSsh(type) is { } curve)
        {
            // Its name once more.
            wire.ReadString();
            return PublicKeyReader.LoadEc(curve, wire.ReadString(), material);
        }

        material.Fail(KeyProblem.Unsupported);
        return null;
    }
}
