namespace Digibee.Accounts;

public sealed class OwnerCountTests
{
    [Fact]
    public void Remove_OfTheLastOwner_SaysSoAndLetsNobodyIn()
    {
        var owners = new OwnerCount();

        owners.TryAdd().Should().BeTrue();
        owners.Remove().Should().BeFalse();
        owners.Remove().Should().BeTrue();
        owners.TryAdd().Should().BeFalse();
    }

    [Fact]
    public void OwnerCount_OfEightThreads_HasOneLastOwner()
    {
        var shared = new Shared();

        Parallel.For(0, 100_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            if (shared.Owners.TryAdd())
            {
                shared.Leave();
            }
        });
        shared.LastOwners.Should().Be(0, "the first owner is still there");
        shared.Leave();

        shared.LastOwners.Should().Be(1);
    }

    private sealed class Shared
    {
        public OwnerCount Owners = new();
        public int LastOwners;

        public void Leave()
        {
            if (Owners.Remove())
            {
                Interlocked.Increment(ref LastOwners);
            }
        }
    }
}
