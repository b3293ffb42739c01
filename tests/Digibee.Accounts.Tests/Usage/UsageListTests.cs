namespace Digibee.Accounts;

public sealed class UsageListTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Merge_OfTheSameClientAndRevision_KeepsTheLaterTimes()
    {
        var merged = UsageList.Merge([Use("a", 1, hoursAgo: 2, refusedHoursAgo: 3), Use("b", 1, hoursAgo: 1)], [Use("a", 1, hoursAgo: 4, refusedHoursAgo: 1), Use("a", 2, hoursAgo: 5)], Now);

        merged.Should().Equal(Use("b", 1, hoursAgo: 1), Use("a", 1, hoursAgo: 2, refusedHoursAgo: 1), Use("a", 2, hoursAgo: 5));
    }

    [Fact]
    public void Merge_OfMoreThanAHundred_KeepsTheLatest()
    {
        var merged = UsageList.Merge([.. Enumerable.Range(0, 150).Select(static number => Use($"c{number}", 1, hoursAgo: number))], [], Now);

        merged.Should().HaveCount(100);
        merged[^1].Client.Should().Be("c99");
    }

    [Fact]
    public void Merge_OfWhatIsOlderThan90Days_DropsIt() =>
        UsageList.Merge([Use("old", 1, hoursAgo: 91 * 24), Use("new", 1, hoursAgo: 89 * 24)], [], Now).Should().ContainSingle().Which.Client.Should().Be("new");

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"v":2,"uses":[]}""")]
    [InlineData("""{"v":1,"uses":[null]}""")]
    [InlineData("""{"v":1,"uses":[{"client":"a"}]}""")]
    [InlineData("""{"v":1,"uses":[{"client":null,"revision":1,"lastUsedAt":"2026-01-01T00:00:00Z"}]}""")]
    public void Read_OfWhatIsNoDocument_GivesNothing(string json) => UsageDocument.Read(System.Text.Encoding.UTF8.GetBytes(json)).Should().BeEmpty();

    [Fact]
    public void Write_ThenRead_GivesTheSame()
    {
        List<AccountUsage> uses = [Use("a", 1, hoursAgo: 2, refusedHoursAgo: 3), Use("é\"", long.MaxValue, hoursAgo: 1)];

        UsageDocument.Read(UsageDocument.Write(uses)).Should().Equal(uses);
    }

    private static AccountUsage Use(string client, long revision, int hoursAgo, int? refusedHoursAgo = null) => new()
    {
        Client = client,
        Revision = revision,
        LastUsedAt = Now.AddHours(-hoursAgo),
        LastRefusedAt = refusedHoursAgo is { } hours ? Now.AddHours(-hours) : null,
    };
}
