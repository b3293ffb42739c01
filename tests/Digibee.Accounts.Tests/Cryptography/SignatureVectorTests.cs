using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>Wycheproof's signatures and MACs, in <c>signatures</c> and <c>hmac</c> of <c>ACCOUNTS_VECTORS</c>: what is valid is taken, what is not is not, and nothing throws.</summary>
[Trait("Category", "Vectors")]
public sealed class SignatureVectorTests
{
    private static readonly VectorFolder Signatures = new("signatures");
    private static readonly VectorFolder Macs = new("hmac");

    public static IEnumerable<TheoryDataRow<string>> SignatureFiles => Signatures.Rows(static () => FilesOf(Signatures));

    public static IEnumerable<TheoryDataRow<string>> MacFiles => Macs.Rows(static () => FilesOf(Macs));

    [Theory]
    [MemberData(nameof(SignatureFiles))]
    public void Verify_OfEachSignature_EndsAsTheFileSays(string file)
    {
        var algorithm = AlgorithmOf(file);
        var wrong = new List<int>();
        var count = 0;

        foreach (var group in Groups(Signatures, file))
        {
            var key = VerificationKey.Of(TestKeys.Open(new PublicKeyAccount { Name = "partner", Key = new Secret(group.GetProperty("publicKeyPem").GetString()!) }));
            key.Supports(algorithm).Should().BeTrue();
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                count++;
                var isValid = key.Verify(Bytes(test, "msg"), Bytes(test, "sig"), algorithm);
                if (!test.Is("result", "acceptable") && isValid != test.Is("result", "valid"))
                {
                    wrong.Add(test.GetProperty("tcId").GetInt32());
                }
            }
        }

        wrong.Should().BeEmpty();
        count.Should().BeGreaterThan(100);
    }

    [Theory]
    [MemberData(nameof(MacFiles))]
    public void Sign_OfEachMessage_GivesTheMacOfTheFileWhereItIsValid(string file)
    {
        var algorithm = AlgorithmOf(file);
        var wrong = new List<int>();
        var count = 0;

        foreach (var group in Groups(Macs, file))
        {
            var length = group.GetProperty("tagSize").GetInt32() / 8;
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                count++;
                var opened = TestKeys.Open(new SecretKeyAccount { Name = "shared", Key = new Secret(test.GetProperty("key").GetString()!), Encoding = SecretKeyEncoding.Hexadecimal });
                var mac = SigningKey.Of(opened).Sign(Bytes(test, "msg"), algorithm);
                var isWhole = length == mac.Length;
                var isValid = isWhole ? VerificationKey.Of(opened).Verify(Bytes(test, "msg"), Bytes(test, "tag"), algorithm) : mac.AsSpan(0, length).SequenceEqual(Bytes(test, "tag"));
                if (isValid != test.Is("result", "valid"))
                {
                    wrong.Add(test.GetProperty("tcId").GetInt32());
                }
            }
        }

        wrong.Should().BeEmpty();
        count.Should().BeGreaterThan(100);
    }

    private static SignatureAlgorithm AlgorithmOf(string file) => file.Split('_') switch
    {
        ["ecdsa", "secp256r1", ..] => SignatureAlgorithm.EcdsaP256Sha256,
        ["ecdsa", "secp384r1", ..] => SignatureAlgorithm.EcdsaP384Sha384,
        ["ed25519", ..] => SignatureAlgorithm.Ed25519,
        ["rsa", "pss", ..] => SignatureAlgorithm.RsaPssSha512,
        ["rsa", "signature", ..] => SignatureAlgorithm.RsaPkcs1Sha256,
        ["hmac", "sha256", ..] => SignatureAlgorithm.HmacSha256,
        ["hmac", "sha512", ..] => SignatureAlgorithm.HmacSha512,
        _ => throw new ArgumentOutOfRangeException(nameof(file)),
    };

    private static IEnumerable<string> FilesOf(VectorFolder folder) => Directory.EnumerateFiles(folder.PathOf(), "*.json").Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    private static JsonElement[] Groups(VectorFolder folder, string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(folder.PathOf(file)));
        return [.. document.RootElement.GetProperty("testGroups").EnumerateArray().Select(static group => group.Clone())];
    }

    private static byte[] Bytes(JsonElement test, string property) => Convert.FromHexString(test.GetProperty(property).GetString()!);
}
