using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>Keys of every kind, by the account's name.</summary>
internal static class SigningAccounts
{
    private static readonly byte[] Data = [1, 2, 3];

    public static async Task KeysAreMadeAndSignAsync()
    {
        await using var accounts = Create();
        foreach (var spec in new[] { KeySpec.Rsa(2_048), KeySpec.EcP256, KeySpec.EcP384, KeySpec.EcP521, KeySpec.Ed25519 })
        {
            var summary = await accounts.Cryptography.GenerateAsync("signer", spec, new KeyGenerationOptions { ExpectedRevision = null });
            var signature = await accounts.Cryptography.SignAsync("signer", Data);
            var exported = await accounts.Cryptography.GetPublicKeyAsync("signer");
            foreach (var form in new[] { exported.ToPem(), exported.ToJsonWebKey("k1") })
            {
                await accounts.Vault.SaveAsync(new PublicKeyAccount { Name = "partner", Key = new Secret(form) });
                Expect.That(await accounts.Cryptography.VerifyAsync("partner", Data, signature), $"the signature of {summary.Facts["keyAlgorithm"]} is checked");
                Expect.That(!await accounts.Cryptography.VerifyAsync("partner", Data.AsMemory(1), signature), "and of nothing else");
            }
        }
    }

    public static async Task SecretKeysMakeMacsAsync()
    {
        await using var accounts = Create();
        await accounts.Vault.SaveAsync(new SecretKeyAccount { Name = "shared", Key = new Secret("000102030405060708090a0b0c0d0e0f"), Encoding = SecretKeyEncoding.Hexadecimal });

        var mac = await accounts.Cryptography.ComputeMacAsync("shared", Data);

        byte[] key = [.. Enumerable.Range(0, 16).Select(static number => (byte)number)];
        Expect.That(mac.AsSpan().SequenceEqual(HMACSHA256.HashData(key, Data)), "the MAC is HMAC-SHA-256");
        Expect.That(await accounts.Cryptography.VerifyMacAsync("shared", Data, mac), "the MAC is checked");
    }

    private static DigibeeAccounts Create() => DigibeeAccounts.Create(
        static builder => builder.Configure(static options => options.Environment = "test").UseInMemoryStore().UseKeyRing(KeyRing.Parse(KeyRing.NewKeyText())));
}
