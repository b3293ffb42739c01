namespace Digibee.Accounts;

public sealed class AwsV4HeaderRulesTests
{
    public static IEnumerable<TheoryDataRow<string>> NeverSigned => AwsV4Vectors.TableIds("never-signed");

    [Theory]
    [MemberData(nameof(NeverSigned))]
    public void IsSigned_OfAHeaderThatChangesOnItsWay_IsFalseAndCannotBeAskedFor(string id)
    {
        var header = AwsV4Vectors.Row("never-signed", id).Text("header");
        var asking = () => new AwsV4Signing { SignedHeaders = [header.ToUpperInvariant()] };

        AwsV4HeaderRules.IsSigned(header, AwsV4Signing.Default).Should().BeFalse();
        asking.Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData("X-Amz-Meta-A", true)]
    [InlineData("x-amz-date", true)]
    [InlineData("CONTENT-TYPE", true)]
    [InlineData("Content-MD5", true)]
    [InlineData("X-Amzn-Header", false)]
    [InlineData("Content-Length", false)]
    [InlineData("Range", false)]
    [InlineData("Date", false)]
    [InlineData("Authorization", false)]
    public void IsSigned_WithoutSettings_CoversWhatNobodyTouches(string name, bool expected) =>
        AwsV4HeaderRules.IsSigned(name, AwsV4Signing.Default).Should().Be(expected);

    [Fact]
    public void IsSigned_WithSettings_FollowsThem()
    {
        var signing = new AwsV4Signing { SignedHeaders = ["range", "If-Match"], UnsignedHeaders = ["CONTENT-TYPE", "x-amz-meta-a", "If-Match"] };

        AwsV4HeaderRules.IsSigned("Range", signing).Should().BeTrue();
        AwsV4HeaderRules.IsSigned("X-Amz-Meta-B", signing).Should().BeTrue();
        AwsV4HeaderRules.IsSigned("Content-Type", signing).Should().BeFalse();
        AwsV4HeaderRules.IsSigned("X-Amz-Meta-A", signing).Should().BeFalse();
        AwsV4HeaderRules.IsSigned("If-Match", signing).Should().BeFalse();
    }
}
