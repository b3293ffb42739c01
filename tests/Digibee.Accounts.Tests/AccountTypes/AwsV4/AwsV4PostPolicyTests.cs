namespace Digibee.Accounts;

public sealed class AwsV4PostPolicyTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("policy")]
    [InlineData("X-Amz-Signature")]
    [InlineData("x-amz-credential")]
    [InlineData("x-amz-security-token")]
    [InlineData("ACL")]
    public void Require_OfAFieldThatCannotStandThere_IsRefused(string field)
    {
        var policy = new AwsV4PostPolicy().AllowPrefix("acl", "");

        policy.Invoking(p => p.Require(field, "s3cr3t")).Should().Throw<ArgumentException>().WithParameterName(nameof(field)).Which.Message.Should().NotContain("s3cr3t");
    }

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(5, 4)]
    public void LimitLength_OutOfRange_IsRefused(long least, long most) =>
        FluentActions.Invoking(() => new AwsV4PostPolicy().LimitLength(least, most)).Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public void Fields_OfAPolicy_AreThoseWithOneValueAndWithoutTheBucket()
    {
        var policy = new AwsV4PostPolicy().Require("bucket", "b").Require("key", "k").AllowPrefix("Content-Type", "image/").Require("acl", "private");

        policy.Fields.Should().Equal(KeyValuePair.Create("key", "k"), KeyValuePair.Create("acl", "private"));
        policy.IsComplete.Should().BeTrue();
    }
}
