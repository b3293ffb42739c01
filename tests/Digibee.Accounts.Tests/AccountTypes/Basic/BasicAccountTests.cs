namespace Digibee.Accounts;

public sealed class BasicAccountTests
{
    private static readonly BasicAccount Account = (BasicAccount)AccountSamples.Minimal("basic");

    [Theory]
    [InlineData("Aladdin:")]
    [InlineData(":")]
    [InlineData("a\r\nX-Injected: 1")]
    [InlineData("a\0")]
    public void Init_OfAUserNameThatCanNeverBeRight_IsRefusedWithoutRepeatingIt(string userName) =>
        FluentActions.Invoking(() => Account with { UserName = userName }).Should().Throw<ArgumentException>().WithParameterName("UserName")
            .Which.Message.Should().NotContain(userName);

    [Fact]
    public void Init_OfAPasswordWithALineBreak_IsRefusedAndSaysWhereItMayComeFrom() =>
        FluentActions.Invoking(() => Account with { Password = new Secret("c4n4ry\n") }).Should().Throw<ArgumentException>().WithParameterName("Password")
            .Which.Message.Should().Contain("last line break").And.NotContain("c4n4ry");

    [Fact]
    public void Init_OfNull_IsRefused()
    {
        FluentActions.Invoking(() => Account with { UserName = null! }).Should().Throw<ArgumentNullException>().WithParameterName("UserName");
        FluentActions.Invoking(() => Account with { Password = null! }).Should().Throw<ArgumentNullException>().WithParameterName("Password");
    }

    [Fact]
    public void Inspect_OfColonsAndNonAsciiInThePassword_FindsNothing() =>
        (Account with { UserName = "Jürgen", Password = new Secret("a:b:\u00FC\U0001F511") }).Inspected().Should().Match<AccountInspection>(
            static inspection => inspection.Problems.Count == 0 && inspection.Warnings.Count == 0);

    [Fact]
    public void Inspect_OfControlCharacters_ReportsBothFields() =>
        (Account with { UserName = "a\u007F", Password = new Secret("c4n4ry\u001B") }).RefusedFields().Should().Equal("UserName", "Password");

    [Fact]
    public void Inspect_OfTheUserNameAlone_IsTakenWithAWarning()
    {
        var inspection = (Account with { Password = new Secret("") }).Inspected();

        inspection.Problems.Should().BeEmpty();
        inspection.Warnings.Should().ContainSingle().Which.Should().StartWith("Password: ");
    }

    [Fact]
    public void Inspect_OfThePasswordAlone_FindsNothing() => (Account with { UserName = "" }).RefusedFields().Should().BeEmpty();

    [Fact]
    public void Inspect_OfNeither_RefusesIt() => (Account with { UserName = "", Password = new Secret("") }).RefusedFields().Should().Equal("Password");
}
