namespace Digibee.Accounts;

public sealed class WorkBudgetTests
{
    [Fact]
    public void TrySpend_OfRounds_TakesThemOffUntilNoneAreLeft()
    {
        var work = new WorkBudget();

        work.TrySpend(1_500_000).Should().BeTrue();
        work.TrySpend(500_001).Should().BeFalse();
        work.TrySpend(500_000).Should().BeTrue();
        work.TrySpend(1).Should().BeFalse();
    }

    [Theory]
    [InlineData(16_384, 8, 1, true)]    // OpenSSL's
    [InlineData(65_536, 8, 1, true)]    // 64 MiB
    [InlineData(131_072, 8, 1, false)]
    [InlineData(16_384, 8, 16, false)]
    [InlineData(2, 1L << 40, 1, false)]
    [InlineData(1L << 40, 1L << 40, 1L << 40, false)]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue, false)]
    public void TrySpend_OfScrypt_LooksAtMemoryAndTime(long cost, long blockSize, long parallelization, bool allowed) =>
        new WorkBudget().TrySpend(cost, blockSize, parallelization).Should().Be(allowed);
}
