namespace Digibee.Accounts;

public sealed class StructuredMapTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(1_024)]
    public void Set_OfKeysThatComeAgain_KeepsTheLastValueAtTheFirstPlace(int count)
    {
        var map = new StructuredMap<int>();

        for (var i = 0; i < 2 * count; i++)
        {
            map.Set($"k{i % count}", i);
        }

        map.Count.Should().Be(count);
        Enumerable.Range(0, count).Should().OnlyContain(i => map[i].Key == $"k{i}" && map[i].Value == i + count);
        map.TryGet($"k{count - 1}", out var last).Should().BeTrue();
        last.Should().Be((2 * count) - 1);
        map.TryGet("absent", out _).Should().BeFalse();
    }
}
