using System.Formats.Asn1;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Macs;

namespace Digibee.Accounts;

/// <summary>The MAC over a PKCS#12 file (RFC 7292, section 4): it tells a wrong password from a broken file.</summary>
internal static class Pkcs12Mac
{
    private const string Pbmac1 = "1.2.840.113549.1.5.14";

    /// <summary>Checks it: <see cref="KeyProblem.None"/>, or what is wrong.</summary>
    /// <param name="macData">The content of MacData.</param>
    /// <param name="content">What it is over.</param>
    /// <param name="password">The password; <see langword="null"/> for none.</param>
    /// <param name="material">Has the budget.</param>
    public static KeyProblem Check(AsnReader macData, ReadOnlySpan<byte> content, Secret? password, KeyMaterial material)
    {
        var digestInfo = macData.ReadSequence();
        var algorithm = digestInfo.ReadSequence().ReadObjectIdentifier();
        if (algorithm == Pbmac1)
        {
            // RFC 9579. What is encrypted under the password tells a wrong one by itself.
            return KeyProblem.None;
        }

        if (DigestOf(algorithm) is not { } digest)
        {
            return KeyProblem.Unsupported;
        }

        var expected = digestInfo.ReadOctetString();
        var salt = macData.ReadOctetString();
        var rounds = 1L;
        if (macData.HasData && !PasswordEncryption.TryReadCount(macData, out rounds))
        {
            return KeyProblem.Malformed;
        }

        // No password is written in two ways.
        var utf8 = password is null ? default : password.RevealBytes();
        if (!material.Work.TrySpend(utf8.IsEmpty ? 2 * rounds : rounds))
        {
            return KeyProblem.TooMuchWork;
        }

        return IsRight(digest, LegacyPasswordScheme.Pkcs12Password(utf8), salt, (int)rounds, content, expected) || (utf8.IsEmpty && IsRight(digest, [], salt, (int)rounds, content, expected))
            ? KeyProblem.None
            : password is null ? KeyProblem.PasswordMissing : KeyProblem.PasswordWrong;
    }

    private static IDigest? DigestOf(string algorithm) => algorithm switch
    {
        "1.3.14.3.2.26" => new Sha1Digest(),
        "2.16.840.1.101.3.4.2.4" => new Sha224Digest(),
        "2.16.840.1.101.3.4.2.1" => new Sha256Digest(),
        "2.16.840.1.101.3.4.2.2" => new Sha384Digest(),
        "2.16.840.1.101.3.4.2.3" => new Sha512Digest(),
        _ => null,
    };

    private static bool IsRight(IDigest digest, byte[] password, byte[] salt, int rounds, ReadOnlySpan<byte> content, byte[] expected)
    {
        var derivation = new Pkcs12ParametersGenerator(digest);
        derivation.Init(password, salt, rounds);
        CryptographicOperations.ZeroMemory(password);
        var mac = new HMac(digest);
        mac.Init(derivation.GenerateDerivedMacParameters(8 * digest.GetDigestSize()));
        mac.BlockUpdate(content);
        var actual = new byte[mac.GetMacSize()];
        mac.DoFinal(actual, 0);
        return CryptographicOperations.FixedTimeEquals(actual, expected);
    }
}
