namespace Digibee.Accounts;

public sealed class SecretTests
{
    [Fact]
    public void ToString_OfAnySecret_IsThreeStars() => new Secret("open sesame").ToString().Should().Be("***");
}
