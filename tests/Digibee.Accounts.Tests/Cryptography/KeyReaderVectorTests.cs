using System.Diagnostics;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>Every file of the collection ends as its manifest says.</summary>
[Trait("Category", "Vectors")]
public sealed class KeyReaderVectorTests
{
    // It reads well; that key and certificate do not belong together is for CertificateChainVectorTests.
    private const string Mismatch = "bundle-key-mismatch.pem";

    public static IEnumerable<TheoryDataRow<string>> Readable => KeyVectors.Files(static entry => entry.Is("expect", "ok"));

    public static IEnumerable<TheoryDataRow<string>> Optional => KeyVectors.Files(static entry => entry.Is("expect", "ok-or-typed-unsupported"));

    public static IEnumerable<TheoryDataRow<string>> Refused => KeyVectors.Files(static entry => entry.Is("expect", "reject") && !entry.Is("file", Mismatch));

    public static IEnumerable<TheoryDataRow<string>> Encrypted => KeyVectors.Files(
        static entry => entry.GetProperty("password").ValueKind == JsonValueKind.String && !entry.Is("expect", "reject"));

    [Theory]
    [MemberData(nameof(Readable))]
    public void Read_OfAGoodFile_FindsItsKeyAndItsCertificates(string file)
    {
        var entry = KeyVectors.Entry(file);

        using var material = KeyReader.Read(KeyVectors.Read(file), entry.Password());

        material.Problem.Should().Be(KeyProblem.None);
        Check(material, entry);
    }

    [Theory]
    [MemberData(nameof(Optional))]
    public void Read_OfAFileThatMayBeUnknown_FindsItsKeyOrSaysThatItIsNotSupported(string file)
    {
        var entry = KeyVectors.Entry(file);

        using var material = KeyReader.Read(KeyVectors.Read(file), entry.Password());

        if (material.Problem == KeyProblem.None)
        {
            Check(material, entry);
        }
        else
        {
            material.Problem.Should().Be(KeyProblem.Unsupported);
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Read_OfABadFile_RefusesItAtOnce(string file)
    {
        var entry = KeyVectors.Entry(file);
        var data = KeyVectors.Read(file);
        KeyReader.Read(data, entry.Password()).Dispose();
        var clock = Stopwatch.StartNew();

        using var material = KeyReader.Read(data, entry.Password());

        material.Problem.Should().NotBe(KeyProblem.None);
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromMilliseconds(100));
        if (file.Contains("-dos"))
        {
            material.Problem.Should().Be(KeyProblem.TooMuchWork);
        }
    }

    [Theory]
    [MemberData(nameof(Encrypted))]
    public void Read_WithAnotherPassword_SaysSo(string file)
    {
        using var material = KeyReader.Read(KeyVectors.Read(file), new Secret("another password"));

        material.Problem.Should().BeOneOf(KeyVectors.Entry(file).Is("expect", "ok") ? [KeyProblem.PasswordWrong] : [KeyProblem.PasswordWrong, KeyProblem.Unsupported]);
    }

    [Theory]
    [MemberData(nameof(Encrypted))]
    public void Read_WithoutThePassword_SaysSo(string file)
    {
        // PKCS#12 without a password is written as with an empty one.
        var opensWithout = file.EndsWith(".p12", StringComparison.Ordinal) && KeyVectors.Entry(file).Is("password", "");

        using var material = KeyReader.Read(KeyVectors.Read(file), password: null);

        material.Problem.Should().Be(opensWithout ? KeyProblem.None : KeyProblem.PasswordMissing);
    }

    private static void Check(KeyMaterial material, JsonElement entry)
    {
        if (entry.TryGetProperty("certificateSha256", out var certificates))
        {
            material.Certificates.Select(static certificate => Convert.ToHexStringLower(SHA256.HashData(certificate)))
                .Should().Equal(certificates.EnumerateArray().Select(static hash => hash.GetString()));
        }

        if (entry.TryGetProperty("spkiSha256", out var expected))
        {
            var key = material.PrivateKeys.Concat(material.PublicKeys).Should().ContainSingle().Subject;
            key.Algorithm.Should().BeDefined();

            // A key for PSS only says RSA in our form, and in the manifest's hash what its file says.
            var info = key.Algorithm == KeyAlgorithm.RsaPss ? WithAlgorithmOf(KeyVectors.Read(entry.GetProperty("file").GetString()!), key.PublicKeyInfo.ToArray()) : key.PublicKeyInfo;
            Convert.ToHexStringLower(SHA256.HashData(info)).Should().Be(expected.GetString());
            CheckPrivate(key);
        }
        else
        {
            material.PrivateKeys.Should().BeEmpty();
        }
    }

    private static byte[] WithAlgorithmOf(byte[] pem, byte[] publicKeyInfo)
    {
        PemEncoding.TryFindUtf8(pem, out var fields).Should().BeTrue();
        var file = new AsnReader(Convert.FromBase64String(Encoding.ASCII.GetString(pem[fields.Base64Data])), AsnEncodingRules.DER).ReadSequence();
        if (file.PeekTag() == Asn1Tag.Integer)
        {
            file.ReadInteger();
        }

        var own = new AsnReader(publicKeyInfo, AsnEncodingRules.DER).ReadSequence();
        own.ReadEncodedValue();
        var info = new AsnWriter(AsnEncodingRules.DER);
        using (info.PushSequence())
        {
            info.WriteEncodedValue(file.ReadEncodedValue().Span);
            info.WriteEncodedValue(own.ReadEncodedValue().Span);
        }

        return info.Encode();
    }

    private static void CheckPrivate(LoadedKey key)
    {
        if (!key.IsPrivate)
        {
            return;
        }

        switch (key.Algorithm)
        {
            case KeyAlgorithm.Rsa or KeyAlgorithm.RsaPss:
                using (var rsa = key.OpenRsa())
                {
                    rsa.ExportSubjectPublicKeyInfo().Should().Equal(key.PublicKeyInfo.ToArray());
                }

                break;
            case KeyAlgorithm.Ec:
                using (var ecdsa = key.OpenEcdsa())
                {
                    ecdsa.ExportSubjectPublicKeyInfo().Should().Equal(key.PublicKeyInfo.ToArray());
                }

                break;
            default:
                using (var again = KeyReader.Read(key.PrivateKeyInfo, password: null))
                {
                    again.PrivateKeys[0].PublicKeyInfo.ToArray().Should().Equal(key.PublicKeyInfo.ToArray());
                }

                break;
        }
    }
}
