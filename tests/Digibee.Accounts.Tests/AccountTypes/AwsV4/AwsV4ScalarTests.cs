namespace Digibee.Accounts;

public sealed class AwsV4ScalarTests
{
    // The order of P-256 (FIPS 186-4, D.1.2.3) ends in ...632551.
    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", "0000000000000000000000000000000000000000000000000000000000000001")]
    [InlineData("00000000000000000000000000000000000000000000000000000000ffffffff", "0000000000000000000000000000000000000000000000000000000100000000")]
    [InlineData("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63254f", "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550")]
    [InlineData("fffffffeffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "ffffffff00000000000000000000000000000000000000000000000000000000")]
    public void TryIncrement_OfACandidateBelowTheOrder_GivesItsSuccessor(string candidate, string expected)
    {
        var scalar = Convert.FromHexString(candidate);

        AwsV4Scalar.TryIncrement(scalar).Should().BeTrue();

        Convert.ToHexStringLower(scalar).Should().Be(expected);
    }

    [Theory]
    [InlineData("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550")]
    [InlineData("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")]
    [InlineData("ffffffff00000001000000000000000000000000000000000000000000000000")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void TryIncrement_OfACandidateWithoutASuccessor_Refuses(string candidate) => AwsV4Scalar.TryIncrement(Convert.FromHexString(candidate)).Should().BeFalse();
}
