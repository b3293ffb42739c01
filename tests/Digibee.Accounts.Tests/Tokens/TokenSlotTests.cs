namespace Digibee.Accounts;

public sealed class TokenSlotTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData(7, false, true)]
    [InlineData(8, false, false)]
    [InlineData(long.MaxValue, false, false)]
    [InlineData(8, true, true)]
    public void Heard_OfARevision_OutdatesAPersonsTokensOfAnEarlierOne(long revision, bool isRecreatable, bool isGood)
    {
        var slot = Slot(isRecreatable);

        slot.Heard(revision);

        slot.Current!.IsGood(Now).Should().Be(isGood);
        slot.Current.IsFresh(Now).Should().Be(isGood);
        slot.Current.IsAlive(Now).Should().BeTrue("it stays for when the store cannot be read");
    }

    [Fact]
    public void Heard_DuringAnAcquisition_KeepsTheLatestForItsEnd()
    {
        var slot = Slot(isRecreatable: false);
        slot.Flight = new TokenFlight(1);

        slot.Heard(9);
        slot.Heard(8);

        slot.ChangedTo.Should().Be(9);
        slot.Current!.IsGood(Now).Should().BeTrue();
    }

    private static TokenSlot Slot(bool isRecreatable)
    {
        var tokens = new TokenSet { AccessToken = new Secret("t"), TokenType = "Bearer", ObtainedAt = Now, ExpiresAt = Now.AddHours(1), Proof = new Secret("p") };
        return new TokenSlot(new TokenKey(null, new AccountAddress("default", "test", "a"), "f", tokens.Proof))
        {
            Current = new CachedToken(tokens, shift: 0, isRecreatable, replacesRejected: false),
            Revision = 7,
        };
    }
}
