namespace Digibee.Accounts;

public sealed class AwsV4AccountTests
{
    private static readonly AwsV4Account Account = (AwsV4Account)AccountSamples.Minimal("aws-v4");

    [Fact]
    public void Init_OfALineBreak_IsRefusedInEachField()
    {
        FluentActions.Invoking(() => Account with { AccessKeyId = "a\n" }).Should().Throw<ArgumentException>().WithParameterName("AccessKeyId");
        FluentActions.Invoking(() => Account with { SecretAccessKey = new Secret("a\n") }).Should().Throw<ArgumentException>().WithParameterName("SecretAccessKey");
        FluentActions.Invoking(() => Account with { SessionToken = new Secret("a\r") }).Should().Throw<ArgumentException>().WithParameterName("SessionToken");
        FluentActions.Invoking(() => Account with { Service = "a\0" }).Should().Throw<ArgumentException>().WithParameterName("Service");
        FluentActions.Invoking(() => Account with { Region = "a\n" }).Should().Throw<ArgumentException>().WithParameterName("Region");
    }

    [Theory]
    [InlineData("https://s3.eu-central-1.amazonaws.com")]
    [InlineData("https://sqs.cn-north-1.amazonaws.com.cn")]
    [InlineData("https://s3.eusc-de-east-1.amazonaws.eu")]
    [InlineData("https://lambda.eu-west-1.api.aws")]
    public void NaturalOrigins_OfAnyPartition_AreIn(string uri) => Account.NaturalOrigins.Contains(new Uri(uri)).Should().BeTrue();

    [Theory]
    [InlineData("https://amazonaws.com")]
    [InlineData("http://s3.amazonaws.com")]
    [InlineData("https://s3.amazonaws.com.attacker.example")]
    [InlineData("https://s3amazonaws.com")]
    [InlineData("https://s3.amazonaws.com:8443")]
    public void NaturalOrigins_OfOthers_AreNotIn(string uri) => Account.NaturalOrigins.Contains(new Uri(uri)).Should().BeFalse();

    [Theory]
    [InlineData("minio")]
    [InlineData("AKIAIOSFODNN7EXAMPLE")]
    [InlineData("tenant$user:key=1")]
    public void Inspect_OfAnIdThatSomeServerUses_NotesItAsAFact(string id)
    {
        var inspection = (Account with { AccessKeyId = id }).Inspected();

        inspection.Problems.Should().BeEmpty();
        inspection.Facts().Should().Equal($"accessKeyId={id}");
    }

    [Fact]
    public void Inspect_OfWhatCannotStandInASignature_ReportsAllFields()
    {
        var account = Account with { AccessKeyId = "a/b", SecretAccessKey = new Secret(""), SessionToken = new Secret("c4n4ryü"), Service = "s 3", Region = "eu,central" };

        var inspection = account.Inspected();

        inspection.Problems.Select(static problem => problem.Field).Should().Equal("AccessKeyId", "SecretAccessKey", "SessionToken", "Service", "Region");
        inspection.Facts.Should().BeEmpty();
    }

    [Fact]
    public void Inspect_OfEmptyOptionalFields_RefusesThem() =>
        (Account with { SessionToken = new Secret(""), Service = "", Region = "" }).RefusedFields().Should().Equal("SessionToken", "Service", "Region");

    [Fact]
    public void Inspect_OfATemporaryKeyWithoutItsToken_Warns()
    {
        var temporary = Account with { AccessKeyId = "ASIAIOSFODNN7EXAMPLE" };

        temporary.Inspected().Warnings.Should().ContainSingle().Which.Should().StartWith("SessionToken: ");
        (temporary with { SessionToken = new Secret("t") }).Inspected().Warnings.Should().BeEmpty();
    }

    [Fact]
    public void Inspect_OfUpperCase_Warns() =>
        (Account with { Service = "S3", Region = "EU-CENTRAL-1" }).Inspected().Warnings.Should().HaveCount(2)
            .And.Contain(static warning => warning.StartsWith("Service: ")).And.Contain(static warning => warning.StartsWith("Region: "));
}
