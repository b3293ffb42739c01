namespace Digibee.Accounts;

public sealed class ConnectionOptionsTests
{
    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(100_000, 86_400, true)]
    [InlineData(0, 1, false)]
    [InlineData(100_001, 1, false)]
    [InlineData(1, 0, false)]
    [InlineData(1, 86_401, false)]
    public void Validate_OfTheLimitsOfConnectionIdentities_KnowsTheirRange(int capacity, int idleSeconds, bool isValid)
    {
        var options = new DigibeeAccountsOptions { Environment = "test", ConnectionIdentityCapacity = capacity, ConnectionIdentityIdleTime = TimeSpan.FromSeconds(idleSeconds) };

        var result = new DigibeeAccountsOptionsValidator().Validate(name: null, options);

        result.Succeeded.Should().Be(isValid);
        (result.FailureMessage ?? "").Contains("ConnectionIdentity", StringComparison.Ordinal).Should().Be(!isValid);
    }
}
