namespace Digibee.Accounts;

public sealed class CookieLineTests
{
    [Theory]
    [InlineData(null, "k=v")]
    [InlineData("a=1", "a=1; k=v")]
    [InlineData("a=1;b=2 ;; c", "a=1; b=2; c; k=v")]
    [InlineData("k=old; a=1; k=older", "a=1; k=v")]
    [InlineData("kk=1; K=2; k", "kk=1; K=2; k; k=v")]
    public void Set_BesideOtherCookies_KeepsThemAndReplacesItsOwn(string? line, string expected) =>
        CookieLine.Set(line is null ? null : [line], "k", "v").Should().Be(expected);

    [Fact]
    public void Set_OverSeveralLines_MakesOne() =>
        CookieLine.Set(["a=1", "b=2"], "k", "v").Should().Be("a=1; b=2; k=v");
}
