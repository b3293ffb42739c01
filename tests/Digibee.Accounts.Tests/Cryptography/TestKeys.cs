using System.Buffers.Text;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace Digibee.Accounts;

/// <summary>Keys of every kind that signs, made once, as PEM: by the platform, and by Bouncy Castle what it has not.</summary>
internal static class TestKeys
{
    /// <summary>The key of RFC 8037, appendix A.1.</summary>
    public const string Rfc8037Jwk = """{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""";

    private static readonly Dictionary<string, (string Private, string Public)> Pems = new(StringComparer.Ordinal)
    {
        ["rsa"] = OfRsa(2048),
        ["p256"] = OfEc("1.2.840.10045.3.1.7"),
        ["p384"] = OfEc("1.3.132.0.34"),
        ["p521"] = OfEc("1.3.132.0.35"),
        ["secp256k1"] = OfEc("1.3.132.0.10"),
        ["ed25519"] = OfEd25519(),
        ["ed448"] = OfEd448(),
    };

    /// <summary>Gets a key that makes no signatures: any 32 bytes are one (RFC 7748, section 5).</summary>
    public static string X25519Pem => PemEncoding.WriteString("PRIVATE KEY", [.. Convert.FromHexString("302e020100300506032b656e04220420"), .. Enumerable.Range(1, 32).Select(static number => (byte)number)]);

    public static IEnumerable<string> Names => Pems.Keys;

    public static string PrivatePem(string name) => Pems[name].Private;

    public static string PublicPem(string name) => Pems[name].Public;

    public static OpenedAccount Private(string name) => Open(new PrivateKeyAccount { Name = "signer", Key = new Secret(PrivatePem(name)) });

    public static OpenedAccount Public(string name) => Open(new PublicKeyAccount { Name = "partner", Key = new Secret(PublicPem(name)) });

    public static OpenedAccount Secret(string key = "a secret of thirty-two bytes, ok") => Open(new SecretKeyAccount { Name = "shared", Key = new Secret(key) });

    public static OpenedAccount Open(Account account) => new(new AccountAddress("default", "test", account.Name), revision: 1, account);

    /// <summary>Writes an RSA key as a JSON Web Key (RFC 7518, section 6.3).</summary>
    public static string JwkOf(RSA rsa, bool isPrivate)
    {
        var key = rsa.ExportParameters(isPrivate);
        var numbers = new (string Name, byte[]? Value)[] { ("n", key.Modulus), ("e", key.Exponent), ("d", key.D), ("p", key.P), ("q", key.Q), ("dp", key.DP), ("dq", key.DQ), ("qi", key.InverseQ) };
        return $$"""{"kty":"RSA",{{string.Join(',', numbers.Where(static number => number.Value is not null).Select(static number => $"\"{number.Name}\":\"{Base64Url.EncodeToString(number.Value)}\""))}}}""";
    }

    /// <summary>Signs into an array of its own.</summary>
    public static byte[] Sign(this SigningKey key, ReadOnlySpan<byte> data, SignatureAlgorithm? algorithm = null)
    {
        var signature = new byte[key.MaxSignatureLength];
        return signature[..key.Sign(data, algorithm ?? key.DefaultAlgorithm, signature)];
    }

    private static (string Private, string Public) OfRsa(int bits)
    {
        using var rsa = RSA.Create(bits);
        return (rsa.ExportPkcs8PrivateKeyPem(), rsa.ExportSubjectPublicKeyInfoPem());
    }

    private static (string Private, string Public) OfEc(string curve)
    {
        using var ecdsa = ECDsa.Create(ECCurve.CreateFromValue(curve));
        return (ecdsa.ExportPkcs8PrivateKeyPem(), ecdsa.ExportSubjectPublicKeyInfoPem());
    }

    private static (string Private, string Public) OfEd25519()
    {
        var generator = new Ed25519KeyPairGenerator();
        generator.Init(new Ed25519KeyGenerationParameters(new SecureRandom()));
        return Encode(generator.GenerateKeyPair());
    }

    private static (string Private, string Public) OfEd448()
    {
        var generator = new Ed448KeyPairGenerator();
        generator.Init(new Ed448KeyGenerationParameters(new SecureRandom()));
        return Encode(generator.GenerateKeyPair());
    }

    private static (string Private, string Public) Encode(Org.BouncyCastle.Crypto.AsymmetricCipherKeyPair pair) => (
        PemEncoding.WriteString("PRIVATE KEY", PrivateKeyInfoFactory.CreatePrivateKeyInfo(pair.Private).GetDerEncoded()),
        PemEncoding.WriteString("PUBLIC KEY", SubjectPublicKeyInfoFactory.CreateSubjectPublicKeyInfo(pair.Public).GetDerEncoded()));
}
