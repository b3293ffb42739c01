using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Digibee.Accounts;

public sealed class JwkReaderTests
{
    // RFC 7515, appendix A.3.
    private const string Rfc7515Key =
        """{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}""";

    private static readonly VectorFolder Signatures = new("signatures");

    public static IEnumerable<TheoryDataRow<string>> VectorFiles => Signatures.Rows(static () => Directory.EnumerateFiles(Signatures.PathOf(), "*.json").Select(static file => Path.GetFileName(file)));

    [Fact]
    public void Read_OfThePrivateKeyOfRfc8037_SignsAsTheRfcDoes()
    {
        var opened = TestKeys.Open(new PrivateKeyAccount { Name = "signer", Key = new Secret(TestKeys.Rfc8037Jwk) });

        var signature = SigningKey.Of(opened).Sign("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"u8);

        Base64Url.EncodeToString(signature).Should().Be("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
    }

    [Fact]
    public void Read_OfTheKeyOfRfc7515_VerifiesTheSignatureOfTheRfc()
    {
        var signed = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"u8;
        var signature = Base64Url.DecodeFromChars("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
        var publicKey = Rfc7515Key[..Rfc7515Key.IndexOf(",\"d\"", StringComparison.Ordinal)] + ",\"use\":\"sig\",\"x5c\":[[1,{}]]}";

        foreach (var account in new Account[] { new PrivateKeyAccount { Name = "a", Key = new Secret(Rfc7515Key) }, new PublicKeyAccount { Name = "a", Key = new Secret(publicKey) } })
        {
            VerificationKey.Of(TestKeys.Open(account)).Verify(signed, signature, SignatureAlgorithm.EcdsaP256Sha256).Should().BeTrue();
        }
    }

    [Fact]
    public void Read_OfAnRsaKey_IsThatKey()
    {
        using var rsa = RSA.Create(2_048);

        using var material = Read(TestKeys.JwkOf(rsa, isPrivate: true));

        material.Problem.Should().Be(KeyProblem.None);
        using var read = material.PrivateKeys.Should().ContainSingle().Subject.OpenRsa();
        read.ExportRSAPrivateKey().Should().Equal(rsa.ExportRSAPrivateKey());
    }

    [Theory]
    [MemberData(nameof(VectorFiles))]
    [Trait("Category", "Vectors")]
    public void Read_OfEachKeyOfTheVectors_IsTheOneInDerBesideIt(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Signatures.PathOf(file)));

        foreach (var group in document.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            if (group.TryGetProperty("publicKeyJwk", out var jwk))
            {
                using var material = Read(jwk.GetRawText());
                material.PublicKeys.Should().ContainSingle().Which.PublicKeyInfo.ToArray().Should().Equal(Convert.FromHexString(group.GetProperty("publicKeyDer").GetString()!));
            }
        }
    }

    [Theory]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","x":"PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw"}""")] // twice
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHUR"}""")] // a byte less
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""")] // base64
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":7}""")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"}""")] // no point of the curve
    [InlineData("""{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}""")]
    [InlineData("""{"kty":"RSA","n":"","e":"AQAB"}""")]
    [InlineData("""{"kty":"RSA","n":"AQAB","e":"AQAB","d":"AQAB"}""")] // without its primes
    [InlineData("""{"kty":"RSA"} {}""")]
    [InlineData("{\"kty\":")]
    [InlineData("{}")]
    public void Read_OfWhatIsNotAKey_SaysSo(string json)
    {
        using var material = Read(json);

        material.Problem.Should().BeOneOf(KeyProblem.Malformed, KeyProblem.Unsupported);
        (material.PublicKeys.Count + material.PrivateKeys.Count).Should().Be(0);
    }

    [Fact]
    public void Read_OfAPrivateKeyUnderAnothersPublicHalf_RefusesIt()
    {
        using var edwards = Read(TestKeys.Rfc8037Jwk.Replace("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw"));
        using var ec = Read(Rfc7515Key.Replace("jpsQnnGQmL", "kpsQnnGQmL"));

        edwards.Problem.Should().Be(KeyProblem.Malformed);
        ec.Problem.Should().Be(KeyProblem.Malformed);
    }

    private static KeyMaterial Read(string json) => KeyReader.Read(Encoding.UTF8.GetBytes(json), password: null);
}
