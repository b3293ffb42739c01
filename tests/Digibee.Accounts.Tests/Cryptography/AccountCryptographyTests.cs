using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

public sealed class AccountCryptographyTests
{
    private static readonly byte[] Data = Encoding.UTF8.GetBytes("what is signed");

    public static TheoryData<string> Specs => ["rsa", "p256", "p384", "p521", "ed25519"];

    [Theory]
    [MemberData(nameof(Specs))]
    public async Task GenerateAsync_OfEachKey_SavesOneThatSignsAndNotesItsFingerprint(string name)
    {
        await using var fixture = new VaultFixture();
        var cryptography = fixture.Get<IAccountCryptography>();

        var summary = await cryptography.GenerateAsync("signer", Spec(name));

        summary.Warnings.Should().BeEmpty();
        (await fixture.Vault.OpenAsync("signer")).Account.Should().BeOfType<PrivateKeyAccount>();
        var exported = await cryptography.GetPublicKeyAsync("signer");
        exported.Fingerprint.Should().Be(summary.Facts["fingerprint"]).And.Be(Convert.ToHexString(SHA256.HashData(exported.SubjectPublicKeyInfo.Span)));
        var signature = await cryptography.SignAsync("signer", Data);
        foreach (var form in new[] { exported.ToPem(), exported.ToJsonWebKey(), exported.ToJsonWebKey("kid \"1\"") })
        {
            await fixture.Vault.SaveAsync(new PublicKeyAccount { Name = "partner", Key = new Secret(form) });
            (await cryptography.VerifyAsync("partner", Data, signature)).Should().BeTrue();
            (await cryptography.GetPublicKeyAsync("partner")).ToPem().Should().Be(exported.ToPem());
        }
    }

    [Fact]
    public async Task GenerateAsync_Twice_MakesTwoKeys()
    {
        await using var fixture = new VaultFixture();
        var cryptography = fixture.Get<IAccountCryptography>();

        var first = await cryptography.GenerateAsync("first", KeySpec.Ed25519);
        var second = await cryptography.GenerateAsync("second", KeySpec.Ed25519);

        first.Facts["fingerprint"].Should().NotBe(second.Facts["fingerprint"]);
    }

    [Fact]
    public async Task GenerateAsync_OfASecretKey_SavesAsManyRandomBytesAsAskedFor()
    {
        await using var fixture = new VaultFixture();
        var cryptography = fixture.Get<IAccountCryptography>();

        var summary = await cryptography.GenerateAsync("shared", KeySpec.Hmac(64), new KeyGenerationOptions { Description = "for hooks", Projects = [], AllowedOrigins = ["https://api.example"] });

        summary.Facts["keySize"].Should().Be("512");
        summary.Description.Should().Be("for hooks");
        var account = (SecretKeyAccount)(await fixture.Vault.OpenAsync("shared")).Account;
        account.AllowedOrigins.Should().BeEquivalentTo(new[] { "https://api.example" });
        (await cryptography.ComputeMacAsync("shared", Data)).Should().Equal(HMACSHA256.HashData(Convert.FromBase64String(account.Key.Reveal()), Data));
    }

    [Fact]
    public async Task GenerateAsync_OverAnAccount_NeedsItsRevision()
    {
        await using var fixture = new VaultFixture();
        var cryptography = fixture.Get<IAccountCryptography>();
        var first = await cryptography.GenerateAsync("signer", KeySpec.EcP256);

        var again = async () => await cryptography.GenerateAsync("signer", KeySpec.EcP256);
        await again.Should().ThrowAsync<AccountConflictException>();
        var rotated = await cryptography.GenerateAsync("signer", KeySpec.EcP256, new KeyGenerationOptions { ExpectedRevision = first.Revision });

        rotated.Revision.Should().BeGreaterThan(first.Revision);
        rotated.Facts["fingerprint"].Should().NotBe(first.Facts["fingerprint"]);
    }

    [Fact]
    public async Task GenerateAsync_OfABadName_IsRefusedBeforeAKeyIsMade()
    {
        await using var fixture = new VaultFixture();

        var generating = async () => await fixture.Get<IAccountCryptography>().GenerateAsync("No Name", KeySpec.Rsa(4_096));

        await generating.Should().ThrowAsync<ArgumentException>().WithParameterName("name");
    }

    [Theory]
    [InlineData(2_047)]
    [InlineData(2_049)]
    [InlineData(1_024)]
    [InlineData(8_192)]
    public void Rsa_OfASizeOutOfRange_IsRefused(int bits) => FluentActions.Invoking(() => KeySpec.Rsa(bits)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(bits));

    [Theory]
    [InlineData(15)]
    [InlineData(129)]
    public void Hmac_OfALengthOutOfRange_IsRefused(int bytes) => FluentActions.Invoking(() => KeySpec.Hmac(bytes)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(bytes));

    // RFC 8037, appendix A.2 and A.3: the members as they are hashed there.
    [Fact]
    public async Task ToJsonWebKey_OfTheKeyOfRfc8037_IsItsPublicHalf()
    {
        await using var fixture = new VaultFixture();
        await fixture.Vault.SaveAsync(new PrivateKeyAccount { Name = "signer", Key = new Secret(TestKeys.Rfc8037Jwk) });

        var jwk = (await fixture.Get<IAccountCryptography>().GetPublicKeyAsync("signer")).ToJsonWebKey();

        jwk.Should().Be("""{"crv":"Ed25519","kty":"OKP","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""");
        System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(jwk))).Should().Be("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    [Fact]
    public async Task ToJsonWebKey_OfABrainpoolKey_SaysThatItHasNoName()
    {
        using var brainpool = ECDsa.Create(ECCurve.CreateFromValue("1.3.36.3.3.2.8.1.1.7"));
        var key = new AccountPublicKey(AccountKeyReader.ReadPublicHalf(TestKeys.Open(new PrivateKeyAccount { Name = "signer", Key = new Secret(brainpool.ExportPkcs8PrivateKeyPem()) })));

        FluentActions.Invoking(() => key.ToJsonWebKey()).Should().Throw<NotSupportedException>();
        key.ToPem().Should().Be(brainpool.ExportSubjectPublicKeyInfoPem());
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Calls_WithAnAccountOfAnotherType_NameItAndSayWhichIsNeeded()
    {
        await using var fixture = await CreateAsync();
        var cryptography = fixture.Get<IAccountCryptography>();
        (Func<Task> Call, string Message)[] calls =
        [
            (async () => await cryptography.SignAsync("partner", Data), "Account 'partner' is of type Public Key, which does not sign. *"),
            (async () => await cryptography.SignAsync("shared", Data), "Account 'shared' is of type Secret Key, which makes message authentication codes*ComputeMacAsync*"),
            (async () => await cryptography.VerifyAsync("shared", Data, Data), "Account 'shared' is of type Secret Key, *VerifyMacAsync*"),
            (async () => await cryptography.VerifyAsync("crm", Data, Data), "Account 'crm' is of type OAuth Bearer, which checks no signatures. *"),
            (async () => await cryptography.ComputeMacAsync("signer", Data), "Account 'signer' is of type Private Key, which makes no message authentication codes. *"),
            (async () => await cryptography.VerifyMacAsync("partner", Data, Data), "Account 'partner' is of type Public Key, which makes no message authentication codes. *"),
            (async () => await cryptography.GetPublicKeyAsync("shared"), "Account 'shared' is of type Secret Key, which has no public key. *"),
        ];
        foreach (var (call, message) in calls)
        {
            await call.Should().ThrowAsync<AccountTypeMismatchException>().WithMessage(message);
        }
    }

    [Fact]
    public async Task Calls_WithAnAlgorithmOfAnotherKey_NameAccountAndField()
    {
        await using var fixture = await CreateAsync();
        var cryptography = fixture.Get<IAccountCryptography>();
        var rsa = new SignatureOptions { Algorithm = SignatureAlgorithm.RsaPssSha512, UsesDer = true };
        Func<Task>[] calls =
        [
            async () => await cryptography.SignAsync("signer", Data, rsa),
            async () => await cryptography.VerifyAsync("partner", Data, Data, rsa),
            async () => await cryptography.VerifyAsync("partner", Data, Data, new SignatureOptions { Algorithm = SignatureAlgorithm.EcdsaP384Sha384, UsesDer = true }),
            async () => await cryptography.VerifyAsync("partner", Data, Data, new SignatureOptions { Algorithm = SignatureAlgorithm.HmacSha256 }),
            async () => await cryptography.ComputeMacAsync("shared", Data, SignatureAlgorithm.Ed25519),
            async () => await cryptography.VerifyMacAsync("shared", Data, Data, (SignatureAlgorithm)99),
        ];
        foreach (var call in calls)
        {
            (await call.Should().ThrowAsync<AccountValidationException>()).Which.Problems.Should().ContainSingle().Which.Field.Should().Be("Key");
        }
    }

    [Fact]
    public async Task SignAsync_InDer_IsTheFormThatPlatformsCallSo()
    {
        await using var fixture = await CreateAsync();
        var cryptography = fixture.Get<IAccountCryptography>();
        using var partner = ECDsa.Create();
        partner.ImportFromPem(TestKeys.PublicPem("p256"));
        var der = new SignatureOptions { UsesDer = true };

        var signature = await cryptography.SignAsync("signer", Data, der);

        partner.VerifyData(Data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence).Should().BeTrue();
        (await cryptography.VerifyAsync("partner", Data, signature, der)).Should().BeTrue();
        (await cryptography.VerifyAsync("partner", Data, signature)).Should().BeFalse();
        (await cryptography.VerifyAsync("partner", Data, await cryptography.SignAsync("signer", Data), der)).Should().BeFalse();
    }

    [Fact]
    public async Task SignAsync_WithAnAccountOfAnotherProject_IsRefusedAsARequestIs()
    {
        await using var fixture = new VaultFixture(static options => options.Project = "alpha");
        var cryptography = fixture.Get<IAccountCryptography>();
        await cryptography.GenerateAsync("ours", KeySpec.Ed25519, new KeyGenerationOptions { Projects = ["alpha"] });
        await cryptography.GenerateAsync("theirs", KeySpec.Ed25519, new KeyGenerationOptions { Projects = ["beta"] });

        (await cryptography.SignAsync("ours", Data)).Should().HaveCount(64);
        foreach (var call in new Func<Task>[] { async () => await cryptography.SignAsync("theirs", Data), async () => await cryptography.GetPublicKeyAsync("theirs") })
        {
            await call.Should().ThrowAsync<AccountNotFoundException>().WithMessage("Account 'theirs' is not available to project 'alpha'.*");
        }
    }

    [Fact]
    public async Task SignAsync_AfterARotation_UsesTheNewKey()
    {
        await using var fixture = await CreateAsync();
        var cryptography = fixture.Get<IAccountCryptography>();
        (await cryptography.SignAsync("signer", Data)).Should().HaveCount(64);

        await fixture.Vault.SaveAsync(new PrivateKeyAccount { Name = "signer", Key = new Secret(TestKeys.PrivatePem("p384")) });

        (await cryptography.SignAsync("signer", Data)).Should().HaveCount(96);
    }

    [Fact]
    public async Task For_AnotherEnvironment_SignsWithItsAccounts()
    {
        await using var fixture = await CreateAsync();
        var cryptography = fixture.Get<IAccountCryptography>();
        await cryptography.For("tenant", "prod").GenerateAsync("signer", KeySpec.EcP521);

        (await cryptography.For("tenant", "prod").SignAsync("signer", Data)).Should().HaveCount(132);
        (await cryptography.SignAsync("signer", Data)).Should().HaveCount(64);
    }

    [Fact]
    public async Task SignAsync_InAScope_UsesTheScopesAccount()
    {
        await using var fixture = await CreateAsync();
        using var scope = fixture.Vault.BeginScope();
        scope.Set(new PrivateKeyAccount { Name = "signer", Key = new Secret(TestKeys.PrivatePem("p384")) });

        (await fixture.Get<IAccountCryptography>().SignAsync("signer", Data)).Should().HaveCount(96);
    }

    [Fact]
    public void Algorithm_ThatIsNotDefined_IsRefused() =>
        FluentActions.Invoking(() => new SignatureOptions { Algorithm = (SignatureAlgorithm)99 }).Should().Throw<ArgumentException>().WithParameterName("Algorithm");

    [Fact]
    public async Task Calls_WithEveryCanaryKey_ShowNothingOfIt()
    {
        var canary = new LeakCanary();
        using var logs = new LeakCanaryLoggerProvider();
        using var factory = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
        await using var fixture = new VaultFixture();
        var cryptography = new AccountCryptography(fixture.Vault, factory.CreateLogger<AccountCryptography>());
        var used = 0;
        foreach (var account in canary.Accounts.Where(static account => account is PrivateKeyAccount or PublicKeyAccount or SecretKeyAccount))
        {
            await fixture.Vault.SaveAsync(account);
            var output = account switch
            {
                SecretKeyAccount => await cryptography.ComputeMacAsync(account.Name, Data),
                PrivateKeyAccount => await cryptography.SignAsync(account.Name, Data),
                _ => [],
            };
            canary.ThrowIfFound($"what {account.Name} made", output);
            var wrongType = async () => await (account is SecretKeyAccount ? cryptography.SignAsync(account.Name, Data) : cryptography.ComputeMacAsync(account.Name, Data));
            canary.ThrowIfFound($"the refusal of {account.Name}", (await wrongType.Should().ThrowAsync<AccountTypeMismatchException>()).Which);
            if (account is PrivateKeyAccount)
            {
                canary.ThrowIfFound($"the public half of {account.Name}", (await cryptography.GetPublicKeyAsync(account.Name)).ToPem());
                canary.ThrowIfFound($"the public half of {account.Name}", (await cryptography.GetPublicKeyAsync(account.Name)).ToJsonWebKey());
                var wrongAlgorithm = async () => await cryptography.SignAsync(account.Name, Data, new SignatureOptions { Algorithm = SignatureAlgorithm.RsaPssSha512 });
                canary.ThrowIfFound($"the refusal of {account.Name}", (await wrongAlgorithm.Should().ThrowAsync<AccountValidationException>()).Which);
            }

            used++;
        }

        used.Should().BeGreaterThan(4);
        logs.Text.Should().Contain("KeyUsed").And.Contain("canary-private-key");
        canary.ThrowIfFound("the logs", logs.Text);
    }

    private static async Task<VaultFixture> CreateAsync()
    {
        var fixture = new VaultFixture();
        await fixture.Vault.SaveAsync(new PrivateKeyAccount { Name = "signer", Key = new Secret(TestKeys.PrivatePem("p256")) });
        await fixture.Vault.SaveAsync(new PublicKeyAccount { Name = "partner", Key = new Secret(TestKeys.PublicPem("p256")) });
        await fixture.Vault.SaveAsync(new SecretKeyAccount { Name = "shared", Key = new Secret("a secret of thirty-two bytes, ok") });
        await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm"));
        return fixture;
    }

    private static KeySpec Spec(string name) => name switch
    {
        "rsa" => KeySpec.Rsa(),
        "p256" => KeySpec.EcP256,
        "p384" => KeySpec.EcP384,
        "p521" => KeySpec.EcP521,
        _ => KeySpec.Ed25519,
    };
}
