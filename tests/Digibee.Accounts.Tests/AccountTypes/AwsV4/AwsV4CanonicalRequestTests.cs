using System.Text;

namespace Digibee.Accounts;

/// <summary>The three steps of a signature against what AWS, its SDKs and its documentation publish.</summary>
public sealed class AwsV4CanonicalRequestTests
{
    public static IEnumerable<TheoryDataRow<string>> AwsCAuth => AwsV4Vectors.Folders("aws-c-auth/v4");

    public static IEnumerable<TheoryDataRow<string>> Botocore => AwsV4Vectors.Folders("botocore");

    public static IEnumerable<TheoryDataRow<string>> S3Docs => AwsV4Vectors.Files("s3-docs");

    public static IEnumerable<TheoryDataRow<string>> Inline => AwsV4Vectors.Files("inline");

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
        var workspace = AwsV4Workspace.Take();
        foreach (var (name, value) in test.Headers)
        {
            workspace.Request.Headers.Add(name, value);
        }

        var scope = new AwsV4CredentialScope(test.Instant, test.Region, test.Service);
        using var key = new AwsV4SigningKey(scope, test.AccessKeyId, Encoding.UTF8.GetBytes(test.SecretAccessKey));
        var stringToSign = new AwsV4Text();

        workspace.WriteRequest(test.Method, test.Target, test.PathRule, test.Payload);
        var canonicalRequest = Encoding.UTF8.GetString(workspace.Request.Text.Written);
        AwsV4Workspace.WriteStringToSign(stringToSign, workspace.Request.Text.Written, scope, test.Instant);
        var authorization = workspace.TryAuthorize(key, test.Instant);
        workspace.GiveBack();

        canonicalRequest.Should().Be(test.CanonicalRequest);
        Encoding.UTF8.GetString(stringToSign.Written).Should().Be(test.StringToSign);
        authorization.Should().Be(test.Authorization);
    }
}
