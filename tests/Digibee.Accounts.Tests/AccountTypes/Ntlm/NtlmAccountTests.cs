namespace Digibee.Accounts;

public sealed class NtlmAccountTests
{
    private static readonly NtlmAccount Account = (NtlmAccount)AccountSamples.Minimal("ntlm");

    [Fact]
    public void Init_OfALineBreak_IsRefusedInEachField()
    {
        FluentActions.Invoking(() => Account with { UserName = "a\n" }).Should().Throw<ArgumentException>().WithParameterName("UserName");
        FluentActions.Invoking(() => Account with { Password = new Secret("a\n") }).Should().Throw<ArgumentException>().WithParameterName("Password");
        FluentActions.Invoking(() => Account with { Domain = "a\r" }).Should().Throw<ArgumentException>().WithParameterName("Domain");
        FluentActions.Invoking(() => Account with { Workstation = "a\0" }).Should().Throw<ArgumentException>().WithParameterName("Workstation");
    }

    [Theory]
    [InlineData("user", "CORP")]
    [InlineData("user", null)]
    [InlineData(@"CORP\user", null)]
    [InlineData("user@corp.example", null)]
    public void Inspect_OfAUserInOneDomainAtMost_FindsNothing(string userName, string? domain) =>
        (Account with { UserName = userName, Domain = domain }).Inspected().Should().Match<AccountInspection>(
            static inspection => inspection.Problems.Count == 0 && inspection.Warnings.Count == 0);

    [Theory]
    [InlineData("")]
    [InlineData(@"\user")]
    [InlineData(@"CORP\")]
    [InlineData("@corp")]
    [InlineData("user@")]
    public void Inspect_OfAUserNameWithAnEmptyPart_RefusesIt(string userName) => (Account with { UserName = userName }).RefusedFields().Should().Equal("UserName");

    [Fact]
    public void Inspect_OfTwoDomains_RefusesOneAndWarnsOfTheOther()
    {
        (Account with { UserName = @"CORP\user", Domain = "CORP" }).RefusedFields().Should().Equal("Domain");
        (Account with { UserName = "user@corp.example", Domain = "CORP" }).Inspected().Warnings.Should().ContainSingle().Which.Should().StartWith("Domain: ");
    }

    [Fact]
    public void Inspect_OfTheLongestNamesAndOneCharacterMore_RefusesTheLatter()
    {
        var longest = new string('a', 1_024);

        (Account with { UserName = longest, Domain = longest, Workstation = longest }).RefusedFields().Should().BeEmpty();
        (Account with { UserName = $"{longest}a", Domain = $"{longest}a", Workstation = $"{longest}a" }).RefusedFields().Should().BeEquivalentTo("UserName", "Domain", "Workstation");
    }

    [Fact]
    public void Inspect_OfEmptyFields_ReportsAllAtOnce() =>
        (Account with { UserName = "", Password = new Secret(""), Domain = "", Workstation = "" }).RefusedFields()
            .Should().BeEquivalentTo("UserName", "Password", "Domain", "Workstation");
}
