using System.Security.Cryptography;

namespace Digibee.Accounts;

public sealed class SigningKeyTests
{
    private static readonly byte[] Data = [.. Enumerable.Range(0, 300).Select(static number => (byte)number)];

    public static TheoryData<string, SignatureAlgorithm, int> Schemes => new()
    {
        { "rsa", SignatureAlgorithm.RsaPssSha512, 256 },
        { "rsa", SignatureAlgorithm.RsaPssSha384, 256 },
        { "rsa", SignatureAlgorithm.RsaPssSha256, 256 },
        { "rsa", SignatureAlgorithm.RsaPkcs1Sha256, 256 },
        { "rsa", SignatureAlgorithm.RsaPkcs1Sha384, 256 },
        { "rsa", SignatureAlgorithm.RsaPkcs1Sha512, 256 },
        { "p256", SignatureAlgorithm.EcdsaP256Sha256, 64 },
        { "p384", SignatureAlgorithm.EcdsaP384Sha384, 96 },
        { "p521", SignatureAlgorithm.EcdsaP521Sha512, 132 },
        { "secp256k1", SignatureAlgorithm.EcdsaSecp256k1Sha256, 64 },
        { "ed25519", SignatureAlgorithm.Ed25519, 64 },
        { "ed448", SignatureAlgorithm.Ed448, 114 },
    };

    public static TheoryData<string, SignatureAlgorithm> Defaults => new()
    {
        { "rsa", SignatureAlgorithm.RsaPssSha512 },
        { "p256", SignatureAlgorithm.EcdsaP256Sha256 },
        { "p384", SignatureAlgorithm.EcdsaP384Sha384 },
        { "p521", SignatureAlgorithm.EcdsaP521Sha512 },
        { "secp256k1", SignatureAlgorithm.EcdsaSecp256k1Sha256 },
        { "ed25519", SignatureAlgorithm.Ed25519 },
        { "ed448", SignatureAlgorithm.Ed448 },
    };

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Sign_InEachAlgorithm_IsWhatThePublicKeyTakesAndNothingElse(string name, SignatureAlgorithm algorithm, int length)
    {
        var verification = VerificationKey.Of(TestKeys.Public(name));

        var signature = SigningKey.Of(TestKeys.Private(name)).Sign(Data, algorithm);

        signature.Should().HaveCount(length);
        verification.Verify(Data, signature, algorithm).Should().BeTrue();
        verification.Verify(Data.AsSpan(1), signature, algorithm).Should().BeFalse();
        verification.Verify(Data, signature.AsSpan(1), algorithm).Should().BeFalse();
        verification.Verify(Data, [.. signature, 0], algorithm).Should().BeFalse();
        verification.Verify(Data, [], algorithm).Should().BeFalse();
        signature[^1] ^= 1;
        verification.Verify(Data, signature, algorithm).Should().BeFalse();
    }

    [Theory]
    [MemberData(nameof(Defaults))]
    public void DefaultAlgorithm_OfEachKey_FollowsFromIt(string name, SignatureAlgorithm algorithm)
    {
        SigningKey.Of(TestKeys.Private(name)).DefaultAlgorithm.Should().Be(algorithm);
        VerificationKey.Of(TestKeys.Public(name)).DefaultAlgorithm.Should().Be(algorithm);
    }

    [Theory]
    [MemberData(nameof(Defaults))]
    public void Supports_OfAnotherKeysAlgorithm_IsFalseAndSigningSaysWhatGoes(string name, SignatureAlgorithm algorithm)
    {
        var key = SigningKey.Of(TestKeys.Private(name));
        var other = algorithm == SignatureAlgorithm.Ed25519 ? SignatureAlgorithm.EcdsaP256Sha256 : SignatureAlgorithm.Ed25519;

        foreach (var mac in new[] { SignatureAlgorithm.HmacSha256, SignatureAlgorithm.HmacSha1, other })
        {
            key.Supports(mac).Should().BeFalse();
            FluentActions.Invoking(() => key.Sign(Data, mac)).Should().Throw<AccountValidationException>().Which.Message
                .Should().Contain("'signer'").And.Contain("Key: ").And.Contain($"does not go with {mac}").And.Contain(algorithm.ToString());
        }
    }

    // RFC 4231, section 4.3, which has a SHA-1 twin in RFC 2202, section 3.
    [Theory]
    [InlineData(SignatureAlgorithm.HmacSha256, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    [InlineData(SignatureAlgorithm.HmacSha384, "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649")]
    [InlineData(SignatureAlgorithm.HmacSha512, "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737")]
    [InlineData(SignatureAlgorithm.HmacSha1, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79")]
    public void Sign_WithASecretKey_MakesTheMacOfTheStandard(SignatureAlgorithm algorithm, string expected)
    {
        var opened = TestKeys.Secret("Jefe");

        var mac = SigningKey.Of(opened).Sign("what do ya want for nothing?"u8, algorithm);

        Convert.ToHexStringLower(mac).Should().Be(expected);
        VerificationKey.Of(opened).Verify("what do ya want for nothing?"u8, mac, algorithm).Should().BeTrue();
        VerificationKey.Of(opened).Verify("what do ya want for nothing?"u8, mac.AsSpan(0, mac.Length - 1), algorithm).Should().BeFalse();
        VerificationKey.Of(opened).Verify("what do ya want for something?"u8, mac, algorithm).Should().BeFalse();
    }

    // RFC 8032, sections 7.1 (test 3) and 7.4 ("1 octet").
    [Theory]
    [InlineData("302e020100300506032b657004220420c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "af82", "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    [InlineData("3047020100300506032b6571043b0439c4eab05d357007c632f3dbb48489924d552b08fe0c353a0d4a1f00acda2c463afbea67c5e8d2877c5e3bc397a659949ef8021e954e0a12274e", "03", "26b8f91727bd62897af15e41eb43c377efb9c610d48f2335cb0bd0087810f4352541b143c4b981b7e18f62de8ccdf633fc1bf037ab7cd779805e0dbcc0aae1cbcee1afb2e027df36bc04dcecbf154336c19f0af7e0a6472905e799f1953d2a0ff3348ab21aa4adafd1d234441cf807c03a00")]
    public void Sign_OfTheExamplesOfRfc8032_GivesTheirSignatures(string pkcs8, string message, string expected)
    {
        var opened = TestKeys.Open(new PrivateKeyAccount { Name = "signer", Key = new Secret(PemEncoding.WriteString("PRIVATE KEY", Convert.FromHexString(pkcs8))) });

        var signature = SigningKey.Of(opened).Sign(Convert.FromHexString(message));

        Convert.ToHexStringLower(signature).Should().Be(expected);
    }

    [Fact]
    public void Of_AnAccountThatDoesNotSign_NamesTheAccountAndItsType()
    {
        var basic = TestKeys.Open(new BasicAccount { Name = "crm", UserName = "u", Password = new Secret("c4n4ry") });

        FluentActions.Invoking(() => SigningKey.Of(basic)).Should().Throw<AccountTypeMismatchException>().WithMessage("Account 'crm' is of type Basic, *Private Key*");
        FluentActions.Invoking(() => SigningKey.Of(TestKeys.Public("rsa"))).Should().Throw<AccountTypeMismatchException>().WithMessage("Account 'partner' is of type Public Key, *");
        FluentActions.Invoking(() => VerificationKey.Of(basic)).Should().Throw<AccountTypeMismatchException>().WithMessage("Account 'crm' is of type Basic, *Public Key*");
    }

    [Fact]
    public void Sign_WithAKeyThatCannotBeRead_NamesTheFieldEachTime()
    {
        var key = SigningKey.Of(TestKeys.Open(new PrivateKeyAccount { Name = "signer", Key = new Secret("-----BEGIN PRIVATE KEY-----\nYzRuNHJ5\n-----END PRIVATE KEY-----\n") }));

        for (var i = 0; i < 2; i++)
        {
            var problem = FluentActions.Invoking(() => key.Sign(Data)).Should().Throw<AccountValidationException>().Which.Problems.Should().ContainSingle().Subject;
            problem.Field.Should().Be("Key");
            problem.Message.Should().NotContain("YzRuNHJ5");
        }
    }

    [Fact]
    public void Verify_WithAPrivateKeyAccount_UsesItsPublicHalf()
    {
        var opened = TestKeys.Private("p256");
        var signature = SigningKey.Of(opened).Sign(Data);

        VerificationKey.Of(opened).Verify(Data, signature, SignatureAlgorithm.EcdsaP256Sha256).Should().BeTrue();
    }

    [Fact]
    public void Of_OneOpenedAccount_IsOneKey()
    {
        var opened = TestKeys.Private("p256");

        SigningKey.Of(opened).Should().BeSameAs(SigningKey.Of(opened));
        VerificationKey.Of(opened).Should().BeSameAs(VerificationKey.Of(opened));
    }

    [Fact]
    public void Sign_IntoTooLittleRoom_IsRefused()
    {
        foreach (var opened in TestKeys.Names.Select(TestKeys.Private).Append(TestKeys.Secret()))
        {
            var key = SigningKey.Of(opened);

            FluentActions.Invoking(() => key.Sign(Data, key.DefaultAlgorithm, new byte[31])).Should().Throw<ArgumentException>().WithParameterName("destination");
        }
    }

    [Theory]
    [MemberData(nameof(Defaults))]
    public void Sign_AfterTheRevisionIsGone_StillSigns(string name, SignatureAlgorithm algorithm)
    {
        var opened = TestKeys.Private(name);
        var (used, unused) = (SigningKey.Of(opened), SigningKey.Of(TestKeys.Private(name)));
        used.Sign(Data);

        used.Dispose();
        unused.Dispose();

        VerificationKey.Of(TestKeys.Public(name)).Verify(Data, used.Sign(Data), algorithm).Should().BeTrue();
        VerificationKey.Of(TestKeys.Public(name)).Verify(Data, unused.Sign(Data), algorithm).Should().BeTrue();
    }

    [Fact]
    public async Task Sign_ByManyThreadsWhileTheRevisionGoes_AlwaysGivesAValidSignature()
    {
        foreach (var name in new[] { "rsa", "p256", "ed25519" })
        {
            var opened = TestKeys.Private(name);
            var verification = VerificationKey.Of(TestKeys.Public(name));
            var signed = 0;
            using var started = new CountdownEvent(4);
            var work = Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
            {
                started.Signal();
                started.Wait();
                for (byte i = 0; i < 25; i++)
                {
                    byte[] data = [(byte)worker, i];
                    var key = SigningKey.Of(opened);
                    verification.Verify(data, key.Sign(data), key.DefaultAlgorithm).Should().BeTrue();
                    if (Interlocked.Increment(ref signed) % 10 == 0)
                    {
                        opened.DisposeStates();
                    }
                }
            }));

            await Task.WhenAll(work);

            signed.Should().Be(100);
        }
    }
}
