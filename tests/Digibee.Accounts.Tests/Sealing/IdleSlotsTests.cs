namespace Digibee.Accounts;

public sealed class IdleSlotsTests
{
    [Fact]
    public void TryTake_FromEmptySlots_IsNull() => new IdleSlots<object>().TryTake().Should().BeNull();

    [Fact]
    public void TryPut_UntilThereIsNoRoom_IsBoundedAndGivesEveryObjectBackOnce()
    {
        var slots = new IdleSlots<object>();
        var put = new List<object>();
        for (var item = new object(); slots.TryPut(item); item = new object())
        {
            put.Add(item);
            put.Count.Should().BeLessThanOrEqualTo(64);
        }

        var taken = new List<object>();
        while (slots.TryTake() is { } item)
        {
            taken.Add(item);
        }

        taken.Should().BeEquivalentTo(put, static options => options.ComparingByValue<object>());
        taken.Distinct(ReferenceEqualityComparer.Instance).Should().HaveCount(put.Count).And.HaveCountGreaterThan(1);
    }

    [Fact]
    public void TryTake_ByManyThreads_NeverGivesOneObjectToTwo()
    {
        var slots = new IdleSlots<int[]>();
        var doubles = 0;

        Parallel.For(0, 8, _ =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                var item = slots.TryTake() ?? [0];
                if (Interlocked.Increment(ref item[0]) != 1)
                {
                    Interlocked.Increment(ref doubles);
                }

                Interlocked.Decrement(ref item[0]);
                slots.TryPut(item);
            }
        });

        doubles.Should().Be(0);
    }
}
