using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Digibee.Accounts;

/// <summary>What a save says of what people paste: each problem in words of its own, never with anything of the key.</summary>
public sealed class CertificateChainAccountTests
{
    private static readonly CertificateChainAccount Account = (CertificateChainAccount)AccountSamples.Minimal("certificate-chain");
    private static readonly X509Certificate2 Root = TestCertificates.Root("CN=root");
    private static readonly X509Certificate2 Issuing = Root.Intermediate("CN=issuing");
    private static readonly X509Certificate2 Client = Issuing.Client("CN=client");

    [Fact]
    public void Init_OfNull_IsRefused() =>
        FluentActions.Invoking(() => Account with { Chain = null! }).Should().Throw<ArgumentNullException>().WithParameterName("Chain");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Inspect_OfACompleteChain_FindsNothingAndNotesWhoseItIs(bool rsa)
    {
        using var client = Issuing.Client("CN=client, O=Example", rsa);

        var inspection = Of(TestCertificates.Pem(client, Issuing, Root) + client.KeyPem()).Inspected();

        inspection.Problems.Should().BeEmpty();
        inspection.Warnings.Should().BeEmpty();
        inspection.KnownExpiry.Should().Be(new DateTimeOffset(client.NotAfter));
        inspection.Facts().Should().Equal(
            $"fingerprint={client.GetCertHashString(HashAlgorithmName.SHA256)}", "issuer=CN=issuing", $"keyAlgorithm={(rsa ? "Rsa" : "Ec")}", $"serialNumber={client.SerialNumber}", "subject=CN=client, O=Example");
    }

    [Fact]
    public void Inspect_OfTheKeyFirstAndNoRoot_FindsNothing() =>
        Of(Client.KeyPem() + TestCertificates.Pem(Client, Issuing)).Inspected().Should().Match<AccountInspection>(static inspection => inspection.Problems.Count == 0 && inspection.Warnings.Count == 0);

    [Fact]
    public void Inspect_OfWhatOpenSslWrites_SkipsTheTextBetweenTheBlocks()
    {
        var text = "Bag Attributes\n    localKeyID: 01\nsubject=CN = x\nissuer=CN = y\n" + TestCertificates.Pem(Client) + "Bag Attributes: <No Attributes>\n" + TestCertificates.Pem(Issuing, Root)
            + "Bag Attributes\nKey Attributes: <No Attributes>\n" + Client.EncryptedKeyPem("c4n4ry");

        (Of(text) with { Password = new Secret("c4n4ry") }).Inspected().Should().Match<AccountInspection>(static inspection => inspection.Problems.Count == 0 && inspection.Warnings.Count == 0);
    }

    [Theory]
    [InlineData("\\n")]
    [InlineData(" ")]
    [InlineData("\r\n")]
    public void Inspect_OfATextThatLostItsLineEnds_FindsNothing(string lineEnd) =>
        Of((TestCertificates.Pem(Client, Issuing) + Client.KeyPem()).Replace("\n", lineEnd)).RefusedFields().Should().BeEmpty();

    [Fact]
    public void Inspect_OfCertificatesInAnotherOrder_WarnsAndInStrictModeRefuses()
    {
        var account = Of(TestCertificates.Pem(Root, Issuing, Client) + Client.KeyPem());

        Messages(account).Should().Equal("warning: Chain: its certificates are not in order; they are sent from the first to the root all the same. Write the key's certificate first, then each issuer.");
        Messages(account, strict: true).Should().ContainSingle().Which.Should().StartWith("Chain: its certificates are not in order");
    }

    [Fact]
    public void Inspect_OfAChainWithAGap_RefusesIt() =>
        Messages(Of(TestCertificates.Pem(Client, Root) + Client.KeyPem())).Should().ContainSingle().Which.Should().StartWith("Chain: an intermediate certificate is missing");

    [Fact]
    public void Inspect_OfACertificateWithoutItsIssuer_WarnsAndInStrictModeRefuses()
    {
        var account = Of(TestCertificates.Pem(Client) + Client.KeyPem());

        Messages(account).Should().ContainSingle().Which.Should().StartWith("warning: Chain: the certificate of its issuer is not in it");
        Messages(account, strict: true).Should().ContainSingle().Which.Should().StartWith("Chain: the certificate of its issuer is not in it");
    }

    [Fact]
    public void Inspect_OfCertificatesThatHaveNothingToDoWithIt_WarnsAndInStrictModeRefuses()
    {
        var account = Of(TestCertificates.Pem(Client, Issuing, Root, TestCertificates.Root("CN=stranger")) + Client.KeyPem());

        Messages(account).Should().ContainSingle().Which.Should().StartWith("warning: Chain: it holds certificates that have nothing to do");
        Messages(account, strict: true).Should().ContainSingle().Which.Should().StartWith("Chain: it holds certificates that have nothing to do");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Inspect_OfAStrangeAuthorityBesideAChainWithoutItsRoot_WarnsAndInStrictModeRefuses(bool isRoot)
    {
        var strangeRoot = TestCertificates.Root("CN=stranger");
        var account = Of(TestCertificates.Pem(Client, Issuing, isRoot ? strangeRoot : strangeRoot.Intermediate("CN=strange issuing")) + Client.KeyPem());

        Messages(account).Should().ContainSingle().Which.Should().StartWith("warning: Chain: it holds an authority that does not connect");
        Messages(account, strict: true).Should().ContainSingle().Which.Should().StartWith("Chain: it holds an authority that does not connect");
    }

    [Fact]
    public void Inspect_OfAnAuthorityThatDidNotIssueTheCertificate_RefusesIt()
    {
        var other = Root.Intermediate("CN=other issuing");

        Messages(Of(TestCertificates.Pem(Client, other) + Client.KeyPem())).Should().ContainSingle().Which.Should().StartWith("Chain: an intermediate certificate is missing");
    }

    [Fact]
    public void Inspect_OfARenewedIssuerBesideTheOldOne_TakesTheOneWithTheKeyThatSigned()
    {
        var old = Root.Intermediate("CN=issuing");

        Messages(Of(TestCertificates.Pem(Client, old, Issuing, Root) + Client.KeyPem())).Should().HaveCount(2).And.OnlyContain(static message => message.StartsWith("warning: "));
        using var content = CertificateChainContent.Read(Encoding.UTF8.GetBytes(TestCertificates.Pem(Client, old, Issuing, Root) + Client.KeyPem()), password: null, now: null);
        content.Issuers.Should().Equal(Issuing, Root);
    }

    [Theory]
    [InlineData(-1, -400)] // expired an hour ago, and renewed
    [InlineData(48, -400)] // renewed before its end
    public void Inspect_OfAnIssuerThatWasRenewedUnderItsKey_TakesTheOneToUseToday(int endOfOldInHours, int startOfOldInDays)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var old = Root.Intermediate("CN=issuing", DateTimeOffset.UtcNow.AddHours(endOfOldInHours), DateTimeOffset.UtcNow.AddDays(startOfOldInDays), key);
        var renewed = Root.Intermediate("CN=issuing", key: key);
        var notYet = Root.Intermediate("CN=issuing", notBefore: DateTimeOffset.UtcNow.AddDays(1), key: key);
        using var client = renewed.Client("CN=client");

        IssuersOf(client, old, notYet, renewed).Should().Equal(renewed);
        Messages(Of(TestCertificates.Pem(client, old, notYet, renewed) + client.KeyPem())).Should().NotContain(static message => message.Contains("expired or is not valid yet"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Inspect_OfTwoAuthoritiesOfOneName_TakesTheOneThatSigned(bool rsa)
    {
        var other = Root.Intermediate("CN=issuing", notBefore: DateTimeOffset.UtcNow.AddHours(-1));
        using var client = Issuing.Client("CN=client", rsa, hasKeyIds: false);

        IssuersOf(client, other, Issuing).Should().Equal(Issuing);
    }

    [Fact]
    public void Inspect_OfACertificateThatItsNamesakeDidNotSign_RefusesItAsAGap()
    {
        var other = Root.Intermediate("CN=issuing");
        using var client = Issuing.Client("CN=client", hasKeyIds: false);

        Messages(Of(TestCertificates.Pem(client, other) + client.KeyPem())).Should().ContainSingle().Which.Should().StartWith("Chain: an intermediate certificate is missing");
    }

    [Theory]
    [InlineData("1.3.132.0.10")] // secp256k1
    [InlineData("1.3.36.3.3.2.8.1.1.7")] // brainpoolP256r1
    [InlineData("1.3.36.3.3.2.8.1.1.11")] // brainpoolP384r1
    [InlineData("1.3.36.3.3.2.8.1.1.13")] // brainpoolP512r1
    public void Inspect_OfAKeyOnACurveThatTlsDoesNotTake_Warns(string curve)
    {
        using var key = ECDsa.Create(ECCurve.CreateFromValue(curve));
        using var client = Issuing.Client("CN=client", key: key);

        Messages(Of(TestCertificates.Pem(client, Issuing) + client.KeyPem())).Should().ContainSingle().Which.Should().StartWith("warning: Chain: its key is of a kind that TLS");
    }

    [Theory]
    [InlineData("1.3.132.0.34")] // P-384
    [InlineData("1.3.132.0.35")] // P-521
    public void Inspect_OfAKeyOnANistCurve_FindsNothing(string curve)
    {
        using var key = ECDsa.Create(ECCurve.CreateFromValue(curve));
        using var client = Issuing.Client("CN=client", key: key);

        Messages(Of(TestCertificates.Pem(client, Issuing) + client.KeyPem())).Should().BeEmpty();
    }

    [Fact]
    public void Inspect_OfTwoCertificatesOfOneKey_TakesTheLater()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var before = Issuing.Client("CN=client", notBefore: DateTimeOffset.UtcNow.AddDays(-30), key: key);
        using var after = Issuing.Client("CN=client", notBefore: DateTimeOffset.UtcNow.AddDays(-2), key: key);

        Of(TestCertificates.Pem(before, after, Issuing) + after.KeyPem()).Inspected().Facts["serialNumber"].Should().Be(after.SerialNumber);
    }

    [Fact]
    public void Inspect_OfTheKeyOfAnotherCertificate_RefusesIt() =>
        Messages(Of(TestCertificates.Pem(Client, Issuing) + Issuing.Client("CN=client").KeyPem())).Should().ContainSingle().Which.Should().StartWith("Chain: the private key belongs to none of its certificates");

    [Fact]
    public void Inspect_OfTwoKeysWithTheirCertificates_RefusesThem()
    {
        using var other = Issuing.Client("CN=other");

        Messages(Of(TestCertificates.Pem(Client, other, Issuing) + Client.KeyPem() + other.KeyPem())).Should().Contain(static message => message.StartsWith("Chain: it holds certificates of more than one private key"));
    }

    [Fact]
    public void Inspect_OfCertificatesWithoutAKey_Warns() =>
        Messages(Of(TestCertificates.Pem(Client, Issuing))).Should().Equal("warning: Chain: it holds no private key, so it cannot sign a connection in.");

    [Fact]
    public void Inspect_OfAnExpiredCertificate_Warns()
    {
        using var expired = Issuing.Client("CN=client", notAfter: DateTimeOffset.UtcNow.AddHours(-1));

        Messages(Of(TestCertificates.Pem(expired, Issuing) + expired.KeyPem())).Should().Equal("warning: Certificate Chain: the credential has expired, by what it says itself.");
    }

    [Fact]
    public void Inspect_OfACertificateThatIsNotValidYet_Warns()
    {
        using var future = Issuing.Client("CN=client", notBefore: DateTimeOffset.UtcNow.AddHours(1));

        Messages(Of(TestCertificates.Pem(future, Issuing) + future.KeyPem())).Should().Equal("warning: Chain: its certificate is not valid yet.");
    }

    [Fact]
    public void Inspect_OfAnExpiredIntermediate_Warns()
    {
        using var expired = Root.Intermediate("CN=issuing", notAfter: DateTimeOffset.UtcNow.AddHours(-1));
        using var client = expired.Client("CN=client");

        Messages(Of(TestCertificates.Pem(client, expired) + client.KeyPem())).Should().ContainSingle().Which.Should().StartWith("warning: Chain: a certificate above the first has expired");
    }

    [Fact]
    public void Inspect_OfACertificateForServersOnly_Warns()
    {
        using var server = Issuing.Client("CN=server", usage: "1.3.6.1.5.5.7.3.1");

        Messages(Of(TestCertificates.Pem(server, Issuing) + server.KeyPem())).Should().ContainSingle().Which.Should().StartWith("warning: Chain: its certificate is not for client authentication");
    }

    [Fact]
    public void Inspect_OfAnEncryptedKeyWithoutItsPassword_RefusesIt() =>
        Messages(Of(TestCertificates.Pem(Client, Issuing) + Client.EncryptedKeyPem("c4n4ry"))).Should().Equal("Password: the private key is encrypted and its password is missing. Fill it in.");

    [Fact]
    public void Inspect_OfAnEncryptedKeyWithAnotherPassword_RefusesIt() =>
        Messages(Of(TestCertificates.Pem(Client, Issuing) + Client.EncryptedKeyPem("c4n4ry")) with { Password = new Secret("wrong") }).Should().ContainSingle().Which.Should().StartWith("Password: the private key does not open with it");

    [Fact]
    public void Inspect_OfAnEmptyPassword_RefusesIt() => (Account with { Password = new Secret("") }).RefusedFields().Should().Equal("Password");

    [Fact]
    public void Inspect_OfAPasswordForAPlainKey_Warns() =>
        (Account with { Password = new Secret("c4n4ry") }).Inspected().Warnings.Should().ContainSingle().Which.Should().StartWith("Password: ");

    [Theory]
    [InlineData("")]
    [InlineData("c4n4ry")]
    [InlineData(AccountSamples.PrivateKeyPem)]
    [InlineData(AccountSamples.CertificatePem)]
    [InlineData("-----BEGIN CERTIFICATE-----\nYzRuNHJ5\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\nYzRuNHJ5\n-----END PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\nc4n4ry!\n-----END CERTIFICATE-----\n")]
    public void Inspect_OfNoCertificate_RefusesItWithoutRepeatingIt(string chain)
    {
        var problems = (Account with { Chain = new Secret(chain) }).Inspected().Problems;

        problems.Should().ContainSingle().Which.Field.Should().Be("Chain");
        problems[0].Message.Should().NotContainAny("c4n4ry", "YzRuNHJ5");
    }

    [Theory]
    [InlineData("p12-password")]
    [InlineData("pässwörd-✓")]
    [InlineData("")]
    public void FromPkcs12_OfAChain_HoldsItInOrderWithItsKeyInPlain(string password)
    {
        var collection = new X509Certificate2Collection { Root, Issuing, Client };
        foreach (var authority in new[] { Root, Issuing })
        {
            collection.Remove(authority);
            collection.Add(X509CertificateLoader.LoadCertificate(authority.RawData));
        }

        var account = CertificateChainAccount.FromPkcs12("mtls", collection.Export(X509ContentType.Pkcs12, password)!, new Secret(password));

        account.Name.Should().Be("mtls");
        account.Password.Should().BeNull();
        Messages(account).Should().BeEmpty();
        account.Chain.Reveal().Should().Be(TestCertificates.Pem(Client, Issuing, Root) + Client.KeyPem());
    }

    [Fact]
    public void FromPkcs12_OfAnotherPassword_SaysSoWithoutRepeatingIt()
    {
        var making = () => CertificateChainAccount.FromPkcs12("mtls", Client.Export(X509ContentType.Pkcs12, "right"), new Secret("c4n4ry"));

        var error = making.Should().Throw<AccountValidationException>().Which;
        error.Problems.Should().ContainSingle().Which.Field.Should().Be("Password");
        error.ToString().Should().NotContain("c4n4ry");
    }

    [Fact]
    public void FromPkcs12_OfCertificatesAlone_IsRefused()
    {
        using var withoutKey = X509CertificateLoader.LoadCertificate(Client.RawData);
        var file = new X509Certificate2Collection(withoutKey).Export(X509ContentType.Pkcs12, "x")!;

        var making = () => CertificateChainAccount.FromPkcs12("mtls", file, new Secret("x"));

        making.Should().Throw<AccountValidationException>().Which.Problems.Should().ContainSingle().Which.Message.Should().StartWith("the file holds no private key");
    }

    private static CertificateChainAccount Of(string chain) => new() { Name = "mtls", Chain = new Secret(chain) };

    private static IReadOnlyList<X509Certificate2> IssuersOf(params X509Certificate2[] chain)
    {
        using var content = CertificateChainContent.Read(Encoding.UTF8.GetBytes(TestCertificates.Pem(chain) + chain[0].KeyPem()), password: null, DateTimeOffset.UtcNow);
        return [.. content.Issuers.Select(issuer => chain.Single(issuer.Equals))];
    }

    private static IEnumerable<string> Messages(CertificateChainAccount account, bool strict = false)
    {
        var inspection = account.Inspected(new AccountLimits { StrictCertificateChains = strict }, DateTimeOffset.UtcNow);
        return inspection.Problems.Select(static problem => $"{problem.Field}: {problem.Message}").Concat(inspection.Warnings.Select(static warning => $"warning: {warning}"));
    }
}
