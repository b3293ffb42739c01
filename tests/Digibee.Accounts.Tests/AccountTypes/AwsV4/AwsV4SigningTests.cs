namespace Digibee.Accounts;

public sealed class AwsV4SigningTests
{
    public static TheoryData<string, Func<AwsV4Signing>> Unusable => new()
    {
        { "empty service", static () => new AwsV4Signing { Service = "" } },
        { "service with a slash", static () => new AwsV4Signing { Service = "s3/x" } },
        { "region with a comma", static () => new AwsV4Signing { Region = "a,b" } },
        { "region beyond ASCII", static () => new AwsV4Signing { Region = "ü" } },
        { "signed: no name", static () => new AwsV4Signing { SignedHeaders = ["no name"] } },
        { "signed: the signature", static () => new AwsV4Signing { SignedHeaders = ["Authorization"] } },
        { "unsigned: no name", static () => new AwsV4Signing { UnsignedHeaders = ["no name"] } },
        { "unsigned: the host", static () => new AwsV4Signing { UnsignedHeaders = ["HOST"] } },
        { "unsigned: the date", static () => new AwsV4Signing { UnsignedHeaders = ["x-amz-date"] } },
        { "unsigned: the hash", static () => new AwsV4Signing { UnsignedHeaders = ["x-amz-content-sha256"] } },
        { "unsigned: the token", static () => new AwsV4Signing { UnsignedHeaders = ["x-amz-security-token"] } },
        { "payload", static () => new AwsV4Signing { Payload = (AwsV4PayloadSigning)3 } },
        { "checksum", static () => new AwsV4Signing { TrailingChecksum = (AwsV4TrailingChecksum)3 } },
        { "unsigned: the regions", static () => new AwsV4Signing { UnsignedHeaders = ["x-amz-region-set"] } },
        { "region with a comma", static () => new AwsV4Signing { RegionSet = ["us-east-1,*"] } },
        { "region with a slash", static () => new AwsV4Signing { RegionSet = ["*", "a/b"] } },
        { "hash in upper case", static () => new AwsV4Signing { PayloadHash = AwsV4Payload.EmptyHash.ToUpperInvariant() } },
        { "short hash", static () => new AwsV4Signing { PayloadHash = AwsV4Payload.EmptyHash[1..] } },
        { "no hash", static () => new AwsV4Signing { PayloadHash = "UNSIGNED-PAYLOAD" } },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public void Init_WithAValueThatCanNeverBeRight_Throws(string what, Func<AwsV4Signing> create) => create.Should().Throw<ArgumentException>(what);

    [Fact]
    public void Init_WithNothing_LeavesAllToTheAccountAndTheHost()
    {
        var signing = new AwsV4Signing();

        signing.Should().Be(new AwsV4Signing { Service = null, Region = null, SignedHeaders = [], UnsignedHeaders = [], Payload = AwsV4PayloadSigning.Hashed, PayloadHash = null });
        signing.AllowUnsignedPayloadOverHttp.Should().BeFalse();
    }

    [Fact]
    public void UseAccount_WithoutItsArguments_Throws()
    {
        var request = new HttpRequestMessage();
        var address = new AccountAddress("default", "test", "aws");

        FluentActions.Invoking(() => request.UseAccount("aws", (AwsV4Signing)null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => request.UseAccount(address, (AwsV4Signing)null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => request.UseAccount("no name", new AwsV4Signing())).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void UseAccount_WithAnAddress_AsksForThatAccountAndProject()
    {
        using var request = new HttpRequestMessage();
        var signing = new AwsV4Signing { Service = "s3" };

        request.UseAccount(new AccountAddress("acme", "prod", "aws"), signing, project: "billing");

        var reference = AccountSelection.Peek(request)!.Accounts.Should().ContainSingle().Subject;
        reference.Name.Should().Be("aws");
        reference.Project.Should().Be("billing");
        reference.Settings.Should().BeSameAs(signing);
    }
}
