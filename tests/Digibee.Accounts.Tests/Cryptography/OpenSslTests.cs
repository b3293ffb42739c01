using System.Text;

namespace Digibee.Accounts;

/// <summary>OpenSSL takes what we sign with keys that we made, and we take what it signs with keys that it made.</summary>
public sealed class OpenSslTests
{
    private static readonly byte[] Data = Encoding.UTF8.GetBytes("Grüße aus Köln\0 and more");

    public static TheoryData<SignatureAlgorithm> Algorithms => [.. Enum.GetValues<SignatureAlgorithm>().Where(static algorithm => algorithm < SignatureAlgorithm.HmacSha256)];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task SignAsync_WithAKeyOfOurs_IsWhatOpenSslTakes(SignatureAlgorithm algorithm)
    {
        Assert.SkipUnless(OpenSsl.IsThere, "openssl is not on the PATH.");
        using var openSsl = new OpenSsl();
        await using var fixture = new VaultFixture();
        var cryptography = fixture.Get<IAccountCryptography>();
        if (SpecOf(algorithm) is { } spec)
        {
            await cryptography.GenerateAsync("signer", spec);
        }
        else
        {
            await fixture.Vault.SaveAsync(new PrivateKeyAccount { Name = "signer", Key = new Secret(TestKeys.PrivatePem(algorithm == SignatureAlgorithm.Ed448 ? "ed448" : "secp256k1")) });
        }

        openSsl.Write("data", Data);
        openSsl.Write("other", [1, .. Data]);
        openSsl.Write("key.pub", (await cryptography.GetPublicKeyAsync("signer")).ToPem());
        openSsl.Write("signature", await cryptography.SignAsync("signer", Data, new SignatureOptions { Algorithm = algorithm, UsesDer = true }));

        (await openSsl.RunAsync(Verify(algorithm, "data"))).Should().BeTrue();
        (await openSsl.RunAsync(Verify(algorithm, "other"))).Should().BeFalse();
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task VerifyAsync_OfWhatOpenSslSigned_IsTrueForThatAlone(SignatureAlgorithm algorithm)
    {
        Assert.SkipUnless(OpenSsl.IsThere, "openssl is not on the PATH.");
        using var openSsl = new OpenSsl();
        await using var fixture = new VaultFixture();
        var cryptography = fixture.Get<IAccountCryptography>();
        openSsl.Write("data", Data);
        (await openSsl.RunAsync(Generate(algorithm))).Should().BeTrue();
        (await openSsl.RunAsync("pkey -in key.pem -pubout -out key.pub")).Should().BeTrue();
        (await openSsl.RunAsync(Sign(algorithm))).Should().BeTrue();
        await fixture.Vault.SaveAsync(new PublicKeyAccount { Name = "partner", Key = new Secret(openSsl.ReadText("key.pub")) });
        await fixture.Vault.SaveAsync(new PrivateKeyAccount { Name = "own", Key = new Secret(openSsl.ReadText("key.pem")) });
        var options = new SignatureOptions { Algorithm = algorithm, UsesDer = true };

        foreach (var name in new[] { "partner", "own" })
        {
            (await cryptography.VerifyAsync(name, Data, openSsl.Read("signature"), options)).Should().BeTrue();
            (await cryptography.VerifyAsync(name, Data.AsMemory(1), openSsl.Read("signature"), options)).Should().BeFalse();
        }
    }

    [Theory]
    [InlineData(SignatureAlgorithm.HmacSha256, "sha256")]
    [InlineData(SignatureAlgorithm.HmacSha384, "sha384")]
    [InlineData(SignatureAlgorithm.HmacSha512, "sha512")]
    [InlineData(SignatureAlgorithm.HmacSha1, "sha1")]
    public async Task ComputeMacAsync_WithAKeyInEachEncoding_IsOpenSslsMac(SignatureAlgorithm algorithm, string digest)
    {
        Assert.SkipUnless(OpenSsl.IsThere, "openssl is not on the PATH.");
        using var openSsl = new OpenSsl();
        await using var fixture = new VaultFixture();
        var cryptography = fixture.Get<IAccountCryptography>();
        const string Hexadecimal = "6b6579206f6620746869727479206279746573206f7220736f2c2068657265";
        var key = Convert.FromHexString(Hexadecimal);
        openSsl.Write("data", Data);
        (await openSsl.RunAsync($"dgst -{digest} -mac HMAC -macopt hexkey:{Hexadecimal} -binary -out mac data")).Should().BeTrue();

        foreach (var (text, encoding) in new[] { (Encoding.UTF8.GetString(key), SecretKeyEncoding.Text), (Hexadecimal, SecretKeyEncoding.Hexadecimal), (Convert.ToBase64String(key), SecretKeyEncoding.Base64) })
        {
            await fixture.Vault.SaveAsync(new SecretKeyAccount { Name = "shared", Key = new Secret(text), Encoding = encoding });

            (await cryptography.ComputeMacAsync("shared", Data, algorithm)).Should().Equal(openSsl.Read("mac"));
            (await cryptography.VerifyMacAsync("shared", Data, openSsl.Read("mac"), algorithm)).Should().BeTrue();
        }
    }

    private static KeySpec? SpecOf(SignatureAlgorithm algorithm) => algorithm switch
    {
        <= SignatureAlgorithm.RsaPkcs1Sha512 => KeySpec.Rsa(2_048),
        SignatureAlgorithm.EcdsaP256Sha256 => KeySpec.EcP256,
        SignatureAlgorithm.EcdsaP384Sha384 => KeySpec.EcP384,
        SignatureAlgorithm.EcdsaP521Sha512 => KeySpec.EcP521,
        SignatureAlgorithm.Ed25519 => KeySpec.Ed25519,
        _ => null,
    };

    private static string Generate(SignatureAlgorithm algorithm) => algorithm switch
    {
        <= SignatureAlgorithm.RsaPkcs1Sha512 => "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem",
        SignatureAlgorithm.EcdsaP256Sha256 => "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem",
        SignatureAlgorithm.EcdsaP384Sha384 => "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out key.pem",
        SignatureAlgorithm.EcdsaP521Sha512 => "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out key.pem",
        SignatureAlgorithm.EcdsaSecp256k1Sha256 => "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp256k1 -out key.pem",
        var edwards => $"genpkey -algorithm {edwards} -out key.pem",
    };

    private static string Sign(SignatureAlgorithm algorithm) =>
        IsEdwards(algorithm) ? "pkeyutl -sign -inkey key.pem -rawin -in data -out signature" : $"dgst {Digest(algorithm)} -sign key.pem {Padding(algorithm)} -out signature data";

    private static string Verify(SignatureAlgorithm algorithm, string file) => IsEdwards(algorithm)
        ? $"pkeyutl -verify -pubin -inkey key.pub -rawin -in {file} -sigfile signature"
        : $"dgst {Digest(algorithm)} -verify key.pub {Padding(algorithm)} -signature signature {file}";

    private static bool IsEdwards(SignatureAlgorithm algorithm) => algorithm is SignatureAlgorithm.Ed25519 or SignatureAlgorithm.Ed448;

    private static string Digest(SignatureAlgorithm algorithm) => $"-sha{algorithm.ToString()[^3..]}";

    private static string Padding(SignatureAlgorithm algorithm) => algorithm.ToString().StartsWith("RsaPss", StringComparison.Ordinal) ? "-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest" : "";
}
