using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>Makes keys, as the accounts that hold them.</summary>
internal static class KeyGenerator
{
    // PKCS#8 of 4,096 bits takes 2.4 KB, its PEM a third more.
    private const int Room = 8_192;

    public static Account Generate(string name, KeySpec spec, KeyGenerationOptions options)
    {
        if (spec.Algorithm is null)
        {
            return new SecretKeyAccount
            {
                Name = name,
                Key = RandomKey(spec.Size / 8),
                Encoding = SecretKeyEncoding.Base64,
                Description = options.Description,
                ExpiresAt = options.ExpiresAt,
                AllowedOrigins = options.AllowedOrigins,
                Projects = options.Projects,
            };
        }

        return new PrivateKeyAccount
        {
            Name = name,
            Key = PrivateKey(spec),
            Description = options.Description,
            ExpiresAt = options.ExpiresAt,
            AllowedOrigins = options.AllowedOrigins,
            Projects = options.Projects,
        };
    }

    private static Secret RandomKey(int length)
    {
        using var key = new SecretBuffer(length, length);
        RandomNumberGenerator.Fill(key.Span);
        using var text = new SecretBuffer(Base64.GetMaxEncodedToUtf8Length(length), Base64.GetMaxEncodedToUtf8Length(length));
        Base64.EncodeToUtf8(key.Span, text.Span, out _, out var written);
        return new Secret(text.Span[..written]);
    }

    private static Secret PrivateKey(KeySpec spec)
    {
        if (spec.Algorithm == KeyAlgorithm.Ed25519)
        {
            var seed = GC.AllocateUninitializedArray<byte>(32, pinned: true);
            RandomNumberGenerator.Fill(seed);
            using var material = new KeyMaterial();
            using var edwards = EdwardsKeys.ReadPrivate(KeyAlgorithm.Ed25519, KeyOids.Ed25519, seed, material)!;
            return ToPem(edwards.PrivateKeyInfo);
        }

        using AsymmetricAlgorithm key = spec.Algorithm == KeyAlgorithm.Rsa ? RSA.Create(spec.Size) : ECDsa.Create(ECCurve.CreateFromValue(spec.Curve!));
        using var info = new SecretBuffer(Room, Room);
        return key.TryExportPkcs8PrivateKey(info.Span, out var length) ? ToPem(info.Span[..length]) : throw new UnreachableException("The platform's key takes more room than any of its size.");
    }

    private static Secret ToPem(ReadOnlySpan<byte> privateKeyInfo)
    {
        using var pem = new SecretBuffer(Room, Room);
        PemEncoding.TryWriteUtf8("PRIVATE KEY"u8, privateKeyInfo, pem.Span, out var length);
        return new Secret(pem.Span[..length]);
    }
}
