namespace Digibee.Accounts;

public sealed class NtlmIdentityTests
{
    private static readonly NtlmAccount Account = new() { Name = "intranet", UserName = "user", Password = new Secret("p") };

    [Theory]
    [InlineData("user", null, "user", "")]
    [InlineData("user", "CORP", "user", "CORP")]
    [InlineData(@"CORP\user", null, "user", "CORP")]
    [InlineData(@"CORP\user@corp.example", null, "user@corp.example", "CORP")]
    [InlineData("user@CORP", null, "user", "CORP")]
    [InlineData("user@CORP", "OTHER", "user@CORP", "OTHER")]
    [InlineData("user@corp.example", null, "user@corp.example", "")]
    [InlineData(@"user@corp\example", null, @"user@corp\example", "")]
    [InlineData("user@corp.example", "CORP", "user@corp.example", "CORP")]
    public void Of_EachFormOfAUserName_NamesUserAndDomain(string userName, string? domain, string expectedUser, string expectedDomain) =>
        NtlmIdentity.Of(Account with { UserName = userName, Domain = domain }).Should().Be(new NtlmIdentity(expectedUser, expectedDomain, ""));

    [Fact]
    public void Of_AWorkstation_NamesItAsItIs() => NtlmIdentity.Of(Account with { Workstation = "pc-17" }).Workstation.Should().Be("pc-17");

    [Theory]
    [InlineData("user", "CORP", "PC", true)]
    [InlineData("üser", "CORP", "PC", false)]
    [InlineData("user", "CÖRP", "PC", false)]
    [InlineData("user", "CORP", "PÇ", false)]
    public void IsAscii_OfNamesInAndOutsideAscii_Tells(string userName, string domain, string workstation, bool expected) =>
        new NtlmIdentity(userName, domain, workstation).IsAscii.Should().Be(expected);
}
