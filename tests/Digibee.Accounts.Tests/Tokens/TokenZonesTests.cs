namespace Digibee.Accounts;

public sealed class TokenZonesTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData(3_600, 0, 3_300, 3_570)]
    [InlineData(3_600, 1, 3_240, 3_570)] // a fifth of five minutes earlier
    [InlineData(3_600, -1, 3_360, 3_570)]
    [InlineData(600, 0, 300, 570)]
    [InlineData(60, 0, 30, 45)] // halved and quartered
    [InlineData(60, 1, 24, 45)]
    [InlineData(60, -1, 36, 45)]
    [InlineData(4, 0, 2, 3)]
    public void Of_ALife_RenewsBeforeItBlocksBeforeItEnds(int seconds, double shift, int renewAt, int blockAt)
    {
        var zones = TokenZones.Of(Tokens(TimeSpan.FromSeconds(seconds)), shift);

        zones.Should().Be(new TokenZones(Start.AddSeconds(renewAt), Start.AddSeconds(blockAt), Start.AddSeconds(seconds)));
    }

    [Fact]
    public void Of_NoEnd_IsFreshForEver() => TokenZones.Of(Tokens(null), 0).RenewAt.Should().Be(DateTimeOffset.MaxValue);

    [Fact]
    public void Of_NoLife_IsOver()
    {
        var zones = TokenZones.Of(Tokens(TimeSpan.Zero), 0);

        zones.Should().Be(new TokenZones(Start, Start, Start));
    }

    private static TokenSet Tokens(TimeSpan? life) =>
        new() { AccessToken = new Secret("a"), TokenType = "Bearer", ObtainedAt = Start, ExpiresAt = Start + life, Proof = new Secret("p") };
}
