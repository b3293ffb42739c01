using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Digibee.Accounts;

/// <summary>A private key that signs assertions (RFC 7523). The algorithm follows from the key and from nothing else. Disposing it wipes the key.</summary>
internal sealed class AssertionKey : IDisposable
{
    private const int LeastRsaBits = 2_048;

    private readonly AsymmetricAlgorithm _key;
    private readonly SecurityKey _securityKey;
    private readonly string _algorithm;

    private AssertionKey(AsymmetricAlgorithm key, SecurityKey securityKey, string algorithm, string? keyId)
    {
        _key = key;
        _securityKey = securityKey;
        _algorithm = algorithm;
        _securityKey.KeyId = keyId;
    }

    public bool IsRsa => _key is RSA;

    /// <summary>Reads the first private key of a PEM text: PKCS#8, encrypted or not, PKCS#1 or SEC 1; RSA of 2,048 bits at least, or ECDSA on P-256, P-384 or P-521.</summary>
    /// <param name="pem">The text.</param>
    /// <param name="passphrase">The passphrase, if it is encrypted.</param>
    /// <param name="keyId">What the other side calls the key, for <c>kid</c>.</param>
    /// <returns>The key; <see langword="null"/> when there is none of these in it.</returns>
    public static AssertionKey? TryRead(ReadOnlySpan<byte> pem, ReadOnlySpan<byte> passphrase, string? keyId)
    {
        var blocks = new PemBlocks(pem);
        while (blocks.MoveNext())
        {
            if (!blocks.Label.EndsWith("PRIVATE KEY"u8))
            {
                continue;
            }

            using var der = new SecretBuffer(blocks.Body.Length, blocks.Body.Length);
            if (Base64.DecodeFromUtf8(blocks.Body, der.Span, out _, out var length) != OperationStatus.Done)
            {
                return null;
            }

            der.Truncate(length);
            return TryImport(RSA.Create(), blocks.Label, der.Span, passphrase) is RSA rsa ? Of(rsa, keyId)
                : TryImport(ECDsa.Create(), blocks.Label, der.Span, passphrase) is ECDsa ecdsa ? Of(ecdsa, keyId)
                : null;
        }

        return null;
    }

    /// <summary>Reads the key of a Private Key account.</summary>
    /// <exception cref="AccountValidationException">It is not one that signs assertions.</exception>
    public static AssertionKey Of(OpenedAccount opened, string? keyId)
    {
        var account = (PrivateKeyAccount)opened.Account;
        return TryRead(account.Key.RevealBytes(), account.Passphrase is null ? [] : account.Passphrase.RevealBytes(), keyId) ?? throw new AccountValidationException(
            account.Name,
            [new AccountProblem(nameof(PrivateKeyAccount.Key), "it does not sign assertions. That takes RSA of 2,048 bits at least, or ECDSA on P-256, P-384 or P-521, as PKCS#8, PKCS#1 or SEC 1, with its passphrase if it is encrypted.")]);
    }

    public string Sign(Dictionary<string, object> claims) => SignedJwt.Create(_securityKey, _algorithm, "JWT", claims);

    public void Dispose() => _key.Dispose();

    private static AsymmetricAlgorithm? TryImport(AsymmetricAlgorithm key, ReadOnlySpan<byte> label, ReadOnlySpan<byte> der, ReadOnlySpan<byte> passphrase)
    {
        try
        {
            if (label.SequenceEqual("PRIVATE KEY"u8))
            {
                key.ImportPkcs8PrivateKey(der, out _);
            }
            else if (label.SequenceEqual("ENCRYPTED PRIVATE KEY"u8))
            {
                key.ImportEncryptedPkcs8PrivateKey(passphrase, der, out _);
            }
            else if (key is RSA rsa && label.SequenceEqual("RSA PRIVATE KEY"u8))
            {
                rsa.ImportRSAPrivateKey(der, out _);
            }
            else if (key is ECDsa ecdsa && label.SequenceEqual("EC PRIVATE KEY"u8))
            {
                ecdsa.ImportECPrivateKey(der, out _);
            }
            else
            {
                key.Dispose();
                return null;
            }

            return key;
        }
        catch (Exception exception) when (exception is CryptographicException or NotSupportedException or ArgumentException)
        {
            key.Dispose();
            return null;
        }
    }

    private static AssertionKey? Of(RSA rsa, string? keyId)
    {
        if (rsa.KeySize >= LeastRsaBits)
        {
            return new(rsa, new RsaSecurityKey(rsa), SecurityAlgorithms.RsaSha256, keyId);
        }

        rsa.Dispose();
        return null;
    }

    private static AssertionKey? Of(ECDsa ecdsa, string? keyId)
    {
        // By the curve and not by its size: secp256k1 has as many bits, and is not what ES256 means (RFC 7518, section 3.4).
        var algorithm = ecdsa.ExportParameters(includePrivateParameters: false).Curve.Oid.Value switch
        {
            "1.2.840.10045.3.1.7" => SecurityAlgorithms.EcdsaSha256,
            "1.3.132.0.34" => SecurityAlgorithms.EcdsaSha384,
            "1.3.132.0.35" => SecurityAlgorithms.EcdsaSha512,
            _ => null,
        };
        if (algorithm is not null)
        {
            return new(ecdsa, new ECDsaSecurityKey(ecdsa), algorithm, keyId);
        }

        ecdsa.Dispose();
        return null;
    }
}
