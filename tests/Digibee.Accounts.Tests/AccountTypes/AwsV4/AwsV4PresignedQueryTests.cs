namespace Digibee.Accounts;

public sealed class AwsV4PresignedQueryTests
{
    [Theory]
    [InlineData("/X-Amz-Signature=1", false)]
    [InlineData("/?X-Amz-Signature=1", true)]
    [InlineData("/?a=1&x-amz-signature=1", true)]
    [InlineData("/?X-Amz-Signatures", false)]
    [InlineData("/?X-Amz-Credential=1", true)]
    [InlineData("/?a&X-Amz-Algorithm", true)]
    [InlineData("/?X-Amz-Expires=1", true)]
    [InlineData("/?x-amz-date", true)]
    [InlineData("/?X%2DAmz%2dSecurity-Token=1", true)]
    [InlineData("/?X-Amz-Checksum-Mode=1", false)]
    [InlineData("/?My-X-Amz-Signature=1", false)]
    [InlineData("/?prefix=X-Amz-Signature=1", false)]
    public void FindOwn_OfATarget_LooksForNamesInTheQuery(string target, bool expected) => (AwsV4PresignedQuery.FindOwn(target) is not null).Should().Be(expected);
}
