using System.Diagnostics;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Digibee.Accounts;

/// <summary>What the collected files do not show: hostile numbers, texts that went through an environment variable, mixtures.</summary>
public sealed class KeyReaderTests
{
    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 2_048);

    // 2,048 rounds as they stand in such a file: INTEGER, two bytes.
    private static readonly byte[] Rounds = [0x02, 0x02, 0x08, 0x00];

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\\n")]
    [InlineData("\\r\\n")]
    [InlineData(" ")]
    [InlineData("\n\n")]
    public void Read_OfATextWithOtherLineEnds_FindsTheKey(string lineEnd)
    {
        foreach (var pem in new[] { Key.ExportPkcs8PrivateKeyPem(), Key.ExportECPrivateKeyPem(), Key.ExportSubjectPublicKeyInfoPem() })
        {
            using var material = Read(pem.Replace("\n", lineEnd));

            material.Problem.Should().Be(KeyProblem.None);
            material.PrivateKeys.Concat(material.PublicKeys).Should().ContainSingle().Which.PublicKeyInfo.ToArray().Should().Equal(Key.ExportSubjectPublicKeyInfo());
        }
    }

    [Fact]
    public void Read_OfAMixture_FindsAllOfItAndSkipsTheRest()
    {
        using var certificate = TestCertificates.Root("CN=x");

        using var material = Read($"text\n{certificate.ExportCertificatePem()}\n-----BEGIN X509 CRL-----\n????\n-----END X509 CRL-----\n{Key.ExportPkcs8PrivateKeyPem()}\nmore text {Key.ExportSubjectPublicKeyInfoPem()}");

        material.Problem.Should().Be(KeyProblem.None);
        (material.Certificates.Count, material.PrivateKeys.Count, material.PublicKeys.Count).Should().Be((1, 1, 1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no key at all")]
    [InlineData("-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----")]
    public void Read_OfSomethingElse_FindsNothing(string text) => ProblemOf(text).Should().Be(KeyProblem.Nothing);

    [Theory]
    [InlineData("PGP PRIVATE KEY BLOCK")]
    [InlineData("CERTIFICATE REQUEST")]
    public void Read_OfABlockThatIsNoneOfOurs_FindsNothing(string label) => ProblemOf($"-----BEGIN {label}-----\nAAAA\n-----END {label}-----\n").Should().Be(KeyProblem.Nothing);

    [Fact]
    public void Read_OfADsaKey_SaysThatItIsNotSupported() => ProblemOf("-----BEGIN DSA PRIVATE KEY-----\nAAAA\n-----END DSA PRIVATE KEY-----\n").Should().Be(KeyProblem.Unsupported);

    [Theory]
    [InlineData(2_000_001)]
    [InlineData(10_000_000)]
    [InlineData(int.MaxValue)]
    [InlineData(long.MaxValue)]
    public void Read_OfAKeyThatAsksForTooManyRounds_RefusesItAtOnce(long rounds)
    {
        var hostile = WithRounds(Key.ExportEncryptedPkcs8PrivateKey("password", Encryption), rounds);

        Refuses(hostile, KeyProblem.TooMuchWork);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Read_OfAKeyThatAsksForNoRounds_RefusesIt(long rounds) =>
        Refuses(WithRounds(Key.ExportEncryptedPkcs8PrivateKey("password", Encryption), rounds), KeyProblem.Malformed);

    [Theory]
    [InlineData(5_000_000)]
    [InlineData(int.MaxValue)]
    public void Read_OfAPkcs12FileThatAsksForTooManyRounds_RefusesItAtOnce(long rounds)
    {
        using var certificate = TestCertificates.Root("CN=x");

        // Those of the MAC, which is looked at first.
        Refuses(WithRounds(certificate.ExportPkcs12(Encryption, "password"), rounds), KeyProblem.TooMuchWork);
    }

    [Fact]
    public void Read_OfManyKeysThatAskForMuchTogether_RefusesThem()
    {
        var slow = PemEncoding.WriteString("ENCRYPTED PRIVATE KEY", WithRounds(Key.ExportEncryptedPkcs8PrivateKey("password", Encryption), 1_900_000));
        var data = Encoding.ASCII.GetBytes(Key.ExportEncryptedPkcs8PrivateKeyPem("password", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 150_000)) + "\n" + slow);

        using var material = KeyReader.Read(data, new Secret("password"));

        material.Problem.Should().Be(KeyProblem.TooMuchWork);
    }

    [Fact]
    public void Read_OfMoreBlocksThanAnyChainHas_RefusesThem()
    {
        var block = "-----BEGIN X-----\nAAAA\n-----END X-----\n";

        ProblemOf(string.Concat(Enumerable.Repeat(block, 101))).Should().Be(KeyProblem.TooMuchWork);
    }

    [Theory]
    [InlineData(PbeEncryptionAlgorithm.TripleDes3KeyPkcs12)]
    [InlineData(PbeEncryptionAlgorithm.Aes128Cbc)]
    [InlineData(PbeEncryptionAlgorithm.Aes192Cbc)]
    public void Read_OfAPkcs12FileInEachEncryption_FindsTheKeyAndTheCertificate(PbeEncryptionAlgorithm algorithm)
    {
        using var certificate = TestCertificates.Root("CN=x");
        var file = certificate.ExportPkcs12(new PbeParameters(algorithm, HashAlgorithmName.SHA1, 2_048), "pässwörd-✓");

        using var material = KeyReader.Read(file, new Secret("pässwörd-✓"));
        using var wrong = KeyReader.Read(file, new Secret("password"));

        material.Problem.Should().Be(KeyProblem.None);
        material.Certificates.Should().ContainSingle().Which.Should().Equal(certificate.RawData);
        material.PrivateKeys.Should().ContainSingle().Which.PublicKeyInfo.ToArray().Should().Equal(certificate.PublicKey.ExportSubjectPublicKeyInfo());
        wrong.Problem.Should().Be(KeyProblem.PasswordWrong);
    }

    [Fact]
    public void Dispose_OfWhatWasRead_WipesThePrivateKey()
    {
        var material = Read(Key.ExportPkcs8PrivateKeyPem());
        var key = material.PrivateKeys[0];

        material.Dispose();

        FluentActions.Invoking(() => key.PrivateKeyInfo.Length).Should().Throw<ObjectDisposedException>();
    }

    private static KeyMaterial Read(string text) => KeyReader.Read(Encoding.UTF8.GetBytes(text), password: null);

    private static KeyProblem ProblemOf(string text)
    {
        using var material = Read(text);
        return material.Problem;
    }

    private static void Refuses(byte[] hostile, KeyProblem problem)
    {
        KeyReader.Read(hostile, new Secret("password")).Dispose();
        var clock = Stopwatch.StartNew();

        using var material = KeyReader.Read(hostile, new Secret("password"));

        material.Problem.Should().Be(problem);
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromMilliseconds(100));
    }

    // Puts another count where 2,048 stands last, and makes everything around it as much longer.
    private static byte[] WithRounds(byte[] der, long rounds)
    {
        var count = new AsnWriter(AsnEncodingRules.DER);
        count.WriteInteger(rounds);
        return Replace(der, Rounds, count.Encode()) ?? throw new InvalidOperationException("The file does not ask for 2,048 rounds.");
    }

    private static byte[]? Replace(ReadOnlySpan<byte> element, ReadOnlySpan<byte> old, byte[] replacement)
    {
        if (element.SequenceEqual(old))
        {
            return replacement;
        }

        var tag = Asn1Tag.Decode(element, out _);
        if (!tag.IsConstructed)
        {
            return null;
        }

        AsnDecoder.ReadEncodedValue(element, AsnEncodingRules.DER, out var offset, out var length, out _);
        var children = new List<byte[]>();
        for (var rest = element.Slice(offset, length); !rest.IsEmpty;)
        {
            AsnDecoder.ReadEncodedValue(rest, AsnEncodingRules.DER, out _, out _, out var consumed);
            children.Add(rest[..consumed].ToArray());
            rest = rest[consumed..];
        }

        for (var i = children.Count - 1; i >= 0; i--)
        {
            if (Replace(children[i], old, replacement) is { } replaced)
            {
                children[i] = replaced;
                var writer = new AsnWriter(AsnEncodingRules.BER);
                using (writer.PushSequence(new Asn1Tag(tag.TagClass, tag.TagValue)))
                {
                    children.ForEach(child => writer.WriteEncodedValue(child));
                }

                return writer.Encode();
            }
        }

        return null;
    }
}
