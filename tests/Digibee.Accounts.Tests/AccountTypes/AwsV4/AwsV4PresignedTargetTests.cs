using System.Text;

namespace Digibee.Accounts;

/// <summary>URIs signed in their query, against what AWS, its SDKs and its documentation publish.</summary>
public sealed class AwsV4PresignedTargetTests
{
    public static IEnumerable<TheoryDataRow<string>> AwsCAuth => AwsV4Vectors.Folders("aws-c-auth/v4");

    public static IEnumerable<TheoryDataRow<string>> S3Docs => AwsV4Vectors.Files("s3-docs", "query");

    public static IEnumerable<TheoryDataRow<string>> Inline => AwsV4Vectors.Files("inline", "query");

    public static IEnumerable<TheoryDataRow<string>> Asymmetric => AwsV4Vectors.AsymmetricFolders();

    public static IEnumerable<TheoryDataRow<string>> InlineAsymmetric => AwsV4Vectors.Files("inline", "query", "AWS4-ECDSA-P256-SHA256");

    [Theory]
    [MemberData(nameof(AwsCAuth))]
    public void Write_WithACaseOfAwsCAuth_GivesItsStepsAndTarget(string name)
    {
        var test = AwsV4Case.AwsCAuthQuery(name, "v4");

        var target = Verify(test);

        // Whoever wrote the cases left the caller's parameters as raw as they came; the order is no matter.
        Parameters(target).Should().BeEquivalentTo(Parameters(test.SignedTarget));
    }

    [Theory]
    [MemberData(nameof(S3Docs))]
    public void Write_WithAnExampleOfTheDocumentation_GivesItsSteps(string path) => Verify(AwsV4Case.Json(path));

    [Theory]
    [MemberData(nameof(Inline))]
    public void Write_WithACaseOfAnotherLibrary_GivesItsSteps(string path) => Verify(AwsV4Case.Json(path));

    [Theory]
    [MemberData(nameof(Asymmetric))]
    public void Write_WithAnAsymmetricCaseOfAwsCAuth_GivesItsStepsAndVerifies(string name)
    {
        var test = AwsV4Case.AwsCAuthQuery(name, "v4a");
        using var publicKey = AwsV4PublicKey.Of(AwsV4Vectors.Json(AwsV4Vectors.PathOf($"aws-c-auth/v4a/{name}/public-key.json")));

        var target = VerifyAsymmetric(test);

        AwsV4PublicKey.Verifies(publicKey, test.StringToSign, SignatureOf(target)).Should().BeTrue();
        AwsV4PublicKey.Verifies(publicKey, test.StringToSign, test.Authorization).Should().BeTrue();
        Unsigned(Parameters(target)).Should().BeEquivalentTo(Unsigned(Parameters(test.SignedTarget)));
    }

    [Theory]
    [MemberData(nameof(InlineAsymmetric))]
    public void Write_WithAnAsymmetricCaseOfAnotherLibrary_GivesItsStepsAndVerifies(string path)
    {
        var test = AwsV4Case.Json(path);
        var key = AwsV4Vectors.Json(AwsV4Vectors.PathOf("inline/aws-c-auth-v4a-key.json")).GetProperty("expected");
        using var publicKey = AwsV4PublicKey.Of(key.Text("public_key_x"), key.Text("public_key_y"));

        var target = VerifyAsymmetric(test);

        AwsV4PublicKey.Verifies(publicKey, test.StringToSign, SignatureOf(target)).Should().BeTrue();
    }

    private static string Verify(AwsV4Case test)
    {
        var target = Sign(test, test.Region, regionSet: null);

        SignatureOf(target).Should().Be(test.Authorization);
        return target;
    }

    private static string VerifyAsymmetric(AwsV4Case test) => Sign(test, region: "", regionSet: test.Region);

    private static string Sign(AwsV4Case test, string region, string? regionSet)
    {
        var account = new AwsV4Account { Name = "aws", AccessKeyId = test.AccessKeyId, SecretAccessKey = new Secret(test.SecretAccessKey) };
        using var keys = AwsV4SigningKeys.Create(TestSource.Opened(account));
        var key = keys.Get(test.Instant, region, test.Service);
        var target = new AwsV4PresignedTarget(test.Target)
        {
            Scope = key.Scope,
            Instant = test.Instant,
            AccessKeyId = test.AccessKeyId,
            Seconds = test.Seconds,
            RegionSet = regionSet,
            SessionToken = test.SessionToken,
            AddsTokenAfterSigning = test.AddsTokenAfterSigning,
        };
        var workspace = AwsV4Workspace.Take();
        foreach (var (name, value) in test.Headers)
        {
            workspace.Request.Headers.Add(name, value);
        }

        var stringToSign = new SigningText();
        target.Write(workspace, test.Method, test.PathRule, test.Payload);
        var canonicalRequest = Encoding.UTF8.GetString(workspace.Request.Text.Written);
        workspace.WriteStringToSign(stringToSign, key.Scope, test.Instant);
        var signature = new byte[AwsV4Signer.MaxSignatureLength];
        key.TrySign(stringToSign.Written, signature, out var length).Should().BeTrue();
        workspace.GiveBack();

        canonicalRequest.Should().Be(test.CanonicalRequest);
        Encoding.UTF8.GetString(stringToSign.Written).Should().Be(test.StringToSign);
        return target.Finish(Convert.ToHexStringLower(signature.AsSpan(0, length)));
    }

    private static string SignatureOf(string target) => target.Split("X-Amz-Signature=")[1];

    private static string[] Parameters(string target) => target[(target.IndexOf('?') + 1)..].Split('&');

    private static IEnumerable<string> Unsigned(string[] parameters) => parameters.Where(static parameter => !parameter.StartsWith("X-Amz-Signature=", StringComparison.Ordinal));
}
