using System.Formats.Asn1;

namespace Digibee.Accounts;

/// <summary>What an AlgorithmIdentifier says of an encryption under a password: PBES2 and PBES1 of RFC 8018, and the schemes of PKCS#12 (RFC 7292, appendix C).</summary>
internal static class PasswordEncryption
{
    private const string Pbes2 = "1.2.840.113549.1.5.13";

    /// <summary>Decrypts; fails for an unknown algorithm, for too much work, and for a wrong password.</summary>
    /// <param name="algorithm">The AlgorithmIdentifier's content.</param>
    /// <param name="ciphertext">What is encrypted.</param>
    /// <param name="password">The password, UTF-8; empty for none.</param>
    /// <param name="material">Told of a problem.</param>
    public static SecretBuffer? Decrypt(AsnReader algorithm, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> password, KeyMaterial material)
    {
        var oid = algorithm.ReadObjectIdentifier();
        if (oid == Pbes2)
        {
            return Pbes2Decryption.Decrypt(algorithm.ReadSequence(), ciphertext, password, material);
        }

        if (LegacyPasswordScheme.Find(oid) is not { } scheme)
        {
            return material.Fail(KeyProblem.Unsupported);
        }

        var parameters = algorithm.ReadSequence();
        var salt = parameters.ReadOctetString();
        if (!TryReadCount(parameters, out var rounds))
        {
            return material.Fail(KeyProblem.Malformed);
        }

        // Key and IV are derived one after the other.
        return material.Work.TrySpend(2 * rounds) ? scheme.Decrypt(salt, (int)rounds, ciphertext, password) ?? material.Fail(KeyProblem.PasswordWrong) : material.Fail(KeyProblem.TooMuchWork);
    }

    /// <summary>Reads a count of rounds, however large; a half of <see cref="long.MaxValue"/> stands for more than that.</summary>
    public static bool TryReadCount(AsnReader reader, out long count)
    {
        var value = reader.ReadInteger();
        count = value > long.MaxValue / 2 ? long.MaxValue / 2 : value < 1 ? 0 : (long)value;
        return count > 0;
    }
}
