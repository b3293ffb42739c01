namespace Digibee.Accounts;

public sealed class FieldGuardTests
{
    [Theory]
    [InlineData("c4n4ry\r")]
    [InlineData("\nc4n4ry")]
    [InlineData("c4\0n4ry")]
    public void SingleLine_OfALineBreakOrNul_NamesTheFieldAndNotTheText(string text)
    {
        foreach (var guard in (Action[])[() => FieldGuard.SingleLine(text, "Field"), () => FieldGuard.SingleLine(new Secret(text), "Field"), () => FieldGuard.OptionalSingleLine(text, "Field"), () => FieldGuard.OptionalSingleLine(new Secret(text), "Field")])
        {
            guard.Should().Throw<ArgumentException>().WithParameterName("Field").Which.ToString().Should().NotContainAny("c4n4ry", "c4\0n4ry");
        }
    }

    [Fact]
    public void SingleLine_OfAnyOtherText_GivesIt()
    {
        var secret = new Secret("tab\tand ü");

        FieldGuard.SingleLine("tab\tand ü", "Field").Should().Be("tab\tand ü");
        FieldGuard.SingleLine(secret, "Field").Should().BeSameAs(secret);
        FieldGuard.OptionalSingleLine((string?)null, "Field").Should().BeNull();
        FieldGuard.OptionalSingleLine((Secret?)null, "Field").Should().BeNull();
    }

    [Fact]
    public void NotNull_OfNull_NamesTheField() =>
        FluentActions.Invoking(() => FieldGuard.NotNull((string?)null, "Field")).Should().Throw<ArgumentNullException>().WithParameterName("Field");

    [Fact]
    public void Defined_OfAnUndefinedValue_NamesTheField()
    {
        FieldGuard.Defined(SmtpTls.None, "Field").Should().Be(SmtpTls.None);
        FluentActions.Invoking(() => FieldGuard.Defined((SmtpTls)(-1), "Field")).Should().Throw<ArgumentException>().WithParameterName("Field");
    }
}
