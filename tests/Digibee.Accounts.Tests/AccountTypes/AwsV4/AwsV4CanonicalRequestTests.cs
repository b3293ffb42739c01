using System.Security.Cryptography;
using System.Text;

namespace Digibee.Accounts;

/// <summary>The three steps of a signature against what AWS, its SDKs and its documentation publish.</summary>
public sealed class AwsV4CanonicalRequestTests
{
    public static IEnumerable<TheoryDataRow<string>> AwsCAuth => AwsV4Vectors.Folders("aws-c-auth/v4");

    public static IEnumerable<TheoryDataRow<string>> Botocore => AwsV4Vectors.Folders("botocore");

    public static IEnumerable<TheoryDataRow<string>> S3Docs => AwsV4Vectors.Files("s3-docs");

    public static IEnumerable<TheoryDataRow<string>> Inline => AwsV4Vectors.Files("inline");

    public static IEnumerable<TheoryDataRow<string>> Asymmetric => AwsV4Vectors.AsymmetricFolders();

    public static IEnumerable<TheoryDataRow<string>> InlineAsymmetric => AwsV4Vectors.Files("inline", "header", "AWS4-ECDSA-P256-SHA256");

    [Theory]
    [MemberData(nameof(AwsCAuth))]
    public void Write_WithACaseOfAwsCAuth_GivesItsStepsAndHeader(string name) => Verify(AwsV4Case.AwsCAuth(name));

    [Theory]
    [MemberData(nameof(Botocore))]
    public void Write_WithACaseOfBotocore_GivesItsStepsAndHeader(string name) => Verify(AwsV4Case.Botocore(name));

    [Theory]
    [MemberData(nameof(S3Docs))]
    public void Write_WithAnExampleOfTheS3Documentation_GivesItsStepsAndHeader(string path) => Verify(AwsV4Case.Json(path));

    [Theory]
    [MemberData(nameof(Inline))]
    public void Write_WithACaseOfAnotherLibrary_GivesItsStepsAndHeader(string path) => Verify(AwsV4Case.Json(path));

    [Theory]
    [MemberData(nameof(Asymmetric))]
    public void Write_WithAnAsymmetricCaseOfAwsCAuth_GivesItsStepsAndVerifies(string name)
    {
        var test = AwsV4Case.AwsCAuth(name, "v4a");
        using var publicKey = AwsV4PublicKey.Of(AwsV4Vectors.Json(AwsV4Vectors.PathOf($"aws-c-auth/v4a/{name}/public-key.json")));

        VerifyAsymmetric(test, publicKey);

        AwsV4PublicKey.Verifies(publicKey, test.StringToSign, SignatureOf(test.Authorization)).Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(InlineAsymmetric))]
    public void Write_WithAnAsymmetricCaseOfAnotherLibrary_GivesItsStepsAndVerifies(string path)
    {
        var key = AwsV4Vectors.Json(AwsV4Vectors.PathOf("inline/aws-c-auth-v4a-key.json")).GetProperty("expected");
        using var publicKey = AwsV4PublicKey.Of(key.Text("public_key_x"), key.Text("public_key_y"));

        VerifyAsymmetric(AwsV4Case.Json(path), publicKey);
    }

    [Fact]
    public void Write_AfterClear_KnowsNothingOfTheRequestBefore()
    {
        var request = new AwsV4CanonicalRequest();
        request.Headers.Add("Host", "a.example");
        request.Headers.Add("X-Amz-Security-Token", "s3cr3t");
        request.Write("POST", "/a?b=c"u8, AwsV4PathRule.Reencode, "hash");
        request.Clear();

        request.Headers.Add("Host", "b.example");
        request.Write("GET", "/"u8, AwsV4PathRule.Reencode, "hash");

        Encoding.ASCII.GetString(request.Text.Written).Should().Be("GET\n/\n\nhost:b.example\n\nhost\nhash");
    }

    private static void Verify(AwsV4Case test)
    {
        var scope = new AwsV4CredentialScope(test.Instant, test.Region, test.Service);
        using var key = new AwsV4SigningKey(scope, test.AccessKeyId, Encoding.UTF8.GetBytes(test.SecretAccessKey));

        Sign(test, key).Should().Be(test.Authorization);
    }

    private static void VerifyAsymmetric(AwsV4Case test, ECDsa publicKey)
    {
        var scope = new AwsV4CredentialScope(test.Instant, region: default, test.Service);
        using var privateKey = new AwsV4PrivateKey(test.AccessKeyId, Encoding.UTF8.GetBytes(test.SecretAccessKey));
        using var key = new AwsV4AsymmetricKey(scope, test.AccessKeyId, privateKey, ownsKey: false);

        var authorization = Sign(test, key);

        AwsV4PublicKey.Verifies(publicKey, test.StringToSign, SignatureOf(authorization)).Should().BeTrue();
        if (test.Authorization.Length > 0)
        {
            authorization.Split("Signature=")[0].Should().Be(test.Authorization.Split("Signature=")[0]);
        }
    }

    private static string Sign(AwsV4Case test, AwsV4Signer key)
    {
        var workspace = AwsV4Workspace.Take();
        foreach (var (name, value) in test.Headers)
        {
            workspace.Request.Headers.Add(name, value);
        }

        var stringToSign = new SigningText();
        workspace.WriteRequest(test.Method, test.Target, test.PathRule, test.Payload);
        var canonicalRequest = Encoding.UTF8.GetString(workspace.Request.Text.Written);
        workspace.WriteStringToSign(stringToSign, key.Scope, test.Instant);
        var authorization = workspace.TryAuthorize(key, test.Instant);
        workspace.GiveBack();

        canonicalRequest.Should().Be(test.CanonicalRequest);
        Encoding.UTF8.GetString(stringToSign.Written).Should().Be(test.StringToSign);
        return authorization!;
    }

    private static string SignatureOf(string authorization) => authorization.Split("Signature=")[1];
}
