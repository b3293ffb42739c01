using System.Diagnostics;
using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>Every file of the collection, pasted into the account that it belongs in, is saved or refused as its manifest says. Files that are no text are pasted in base64.</summary>
[Trait("Category", "Vectors")]
public sealed class AccountKeyReviewVectorTests
{
    // Certificates alone, under a password, which a Public Key account has not: that is for a Certificate Chain account.
    private const string TrustStore = "truststore-certs-only.p12";

    public static IEnumerable<TheoryDataRow<string>> Files => KeyVectors.Files(static entry => !entry.Is("file", TrustStore));

    [Theory]
    [MemberData(nameof(Files))]
    public void Inspect_OfEachFile_EndsAsTheManifestSays(string file)
    {
        var entry = KeyVectors.Entry(file);
        var account = AccountOf(entry);
        account.Inspected();
        var clock = Stopwatch.StartNew();

        var inspection = account.Inspected();

        switch (entry.GetProperty("expect").GetString())
        {
            case "reject":
                inspection.Problems.Should().NotBeEmpty();
                clock.Elapsed.Should().BeLessThan(TimeSpan.FromMilliseconds(100));
                break;
            case "ok-or-typed-unsupported" when inspection.Problems.Count > 0:
                inspection.Problems.Should().ContainSingle().Which.Message.Should().Contain("not supported");
                break;
            default:
                inspection.Problems.Should().BeEmpty();
                CheckFingerprint(entry, inspection);
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void SigningKey_OfEachFileThatSigns_IsVerifiedByItsPublicHalf(string file)
    {
        var account = AccountOf(KeyVectors.Entry(file));
        if (account is not PrivateKeyAccount || account.Inspected() is not { Problems.Count: 0, Warnings.Count: 0 })
        {
            return;
        }

        var opened = TestKeys.Open(account);
        var key = SigningKey.Of(opened);

        var signature = key.Sign("data"u8);

        var partner = TestKeys.Open(new PublicKeyAccount { Name = "partner", Key = new Secret(new AccountPublicKey(AccountKeyReader.ReadPublicHalf(opened)).ToPem()) });
        VerificationKey.Of(partner).Verify("data"u8, signature, key.DefaultAlgorithm).Should().BeTrue();
    }

    private static void CheckFingerprint(JsonElement entry, AccountInspection inspection)
    {
        // Of a key for PSS alone the manifest has the hash of what its file says, and we of what our form says: RSA.
        if (entry.TryGetProperty("spkiSha256", out var expected) && inspection.Facts["keyAlgorithm"] != "RsaPss")
        {
            inspection.Facts["fingerprint"].Should().BeEquivalentTo(expected.GetString());
        }
        else
        {
            inspection.Facts.Should().ContainKey("fingerprint");
        }
    }

    private static Account AccountOf(JsonElement entry)
    {
        var file = entry.GetProperty("file").GetString()!;
        var data = KeyVectors.Read(file);
        var isText = !file.EndsWith(".p12", StringComparison.Ordinal) && !file.EndsWith(".der", StringComparison.Ordinal);
        var key = isText ? new Secret(data) : new Secret(Convert.ToBase64String(data));
        var isPrivate = !isText || entry.GetProperty("labels").EnumerateArray().Any(static label => label.GetString()!.EndsWith("PRIVATE KEY", StringComparison.Ordinal));
        return isPrivate
            ? new PrivateKeyAccount { Name = "signer", Key = key, Passphrase = isText || !entry.Is("password", "") ? entry.Password() : null }
            : new PublicKeyAccount { Name = "partner", Key = key };
    }
}
