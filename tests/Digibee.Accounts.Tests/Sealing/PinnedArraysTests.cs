namespace Digibee.Accounts;

public sealed class PinnedArraysTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_024)]
    [InlineData(1_025)]
    [InlineData(8_192)]
    [InlineData(8_193)]
    [InlineData(1_048_576)]
    public void Take_OfALength_GivesAtLeastThatMuchOfThePinnedHeap(int length)
    {
        var array = PinnedArrays.Take(length);

        array.Length.Should().BeGreaterThanOrEqualTo(length);
        GC.GetGeneration(array).Should().Be(GC.MaxGeneration, "young objects are moved, those of the pinned heap are not");
        PinnedArrays.GiveBack(array);
    }

    [Fact]
    public void Take_Twice_NeverGivesTheSameArray()
    {
        var arrays = Enumerable.Range(0, 200).Select(static _ => PinnedArrays.Take(10)).ToArray();

        arrays.Distinct(ReferenceEqualityComparer.Instance).Should().HaveCount(200);
        Array.ForEach(arrays, PinnedArrays.GiveBack);
    }
}
