using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>Every bundle of key and certificates in the collection is saved or refused as its manifest says.</summary>
[Trait("Category", "Vectors")]
public sealed class CertificateChainVectorTests
{
    public static IEnumerable<TheoryDataRow<string>> Bundles => KeyVectors.Files(static entry => entry.GetProperty("file").GetString()!.StartsWith("bundle-", StringComparison.Ordinal));

    public static IEnumerable<TheoryDataRow<string>> Pkcs12 => KeyVectors.Files(static entry => entry.Is("encryption", "PKCS#12") && entry.Is("expect", "ok") && entry.TryGetProperty("spkiSha256", out _));

    [Theory]
    [MemberData(nameof(Bundles))]
    public void Inspect_OfABundle_EndsAsTheManifestSays(string file)
    {
        var entry = KeyVectors.Entry(file);
        var account = new CertificateChainAccount { Name = "mtls", Chain = new Secret(KeyVectors.Read(file)), Password = entry.Password() };

        var inspection = account.Inspected();

        inspection.Problems.Should().HaveCount(entry.Is("expect", "ok") ? 0 : 1);
        if (file == "bundle-key-mismatch.pem")
        {
            inspection.Problems[0].Message.Should().StartWith("the private key belongs to none of its certificates");
        }
    }

    [Theory]
    [MemberData(nameof(Pkcs12))]
    public void FromPkcs12_OfAFileWithAKey_HoldsItsCertificates(string file)
    {
        var entry = KeyVectors.Entry(file);
        var expected = entry.GetProperty("certificateSha256").EnumerateArray().Select(static hash => hash.GetString());

        var account = CertificateChainAccount.FromPkcs12("mtls", KeyVectors.Read(file), entry.Password());

        account.Inspected().Problems.Should().BeEmpty();
        using var content = CertificateChainContent.Read(account.Chain.RevealBytes(), password: null, now: null);
        content.Certificates.Select(static certificate => Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256))).Should().BeEquivalentTo(expected);
    }
}
