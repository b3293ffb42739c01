namespace Digibee.Accounts;

public sealed class KerberosAccountTests
{
    private static readonly KerberosAccount Account = (KerberosAccount)AccountSamples.Minimal("kerberos");

    [Fact]
    public void Init_OfALineBreak_IsRefused()
    {
        FluentActions.Invoking(() => Account with { Principal = "user@EXAMPLE.COM\n" }).Should().Throw<ArgumentException>().WithParameterName("Principal");
        FluentActions.Invoking(() => Account with { KerberosRealm = "A\r" }).Should().Throw<ArgumentException>().WithParameterName("KerberosRealm");
        FluentActions.Invoking(() => Account with { KeyDistributionCenters = ["kdc\n"] }).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Inspect_OfAnAccount_NotesThePrincipalAndTheVersionOfItsKey() =>
        Account.Inspected().Facts().Should().Equal("keyVersion=2", "principal=user@EXAMPLE.COM");

    [Fact]
    public void Inspect_OfARealmBesideThePrincipal_NotesBoth() =>
        (Account with { Principal = "user", KerberosRealm = "EXAMPLE.COM" }).Inspected().Facts()
            .Should().Equal("kerberosRealm=EXAMPLE.COM", "keyVersion=2", "principal=user");

    [Fact]
    public void Inspect_OfARealmInTheConfiguration_TakesIt() =>
        (Account with { Principal = "user", Configuration = "[libdefaults]\ndefault_realm = EXAMPLE.COM\n" }).RefusedFields().Should().BeEmpty();

    [Fact]
    public void Inspect_OfAConfigurationThatIsNone_SaysInWhichLine() =>
        (Account with { Configuration = "[realms]\nc4n4ry" }).Inspected().Problems.Should().ContainSingle()
            .Which.Should().Match<AccountProblem>(static problem => problem.Field == "Configuration" && problem.Message.Contains("line 2") && !problem.Message.Contains("c4n4ry"));

    [Fact]
    public void Inspect_OfAConfigurationThatIncludesFiles_Warns() =>
        (Account with { Configuration = "includedir /etc/krb5.conf.d/\n" }).Inspected().Warnings.Should().ContainSingle(static warning => warning.StartsWith("Configuration: "));

    [Theory]
    [InlineData("HTTP/web.example", true)]
    [InlineData("HTTP/web.example@EXAMPLE.COM", true)]
    [InlineData("HTTP/", false)]
    [InlineData("HTTP/web@", false)]
    [InlineData("", false)]
    public void Inspect_OfAServicePrincipal_TakesOneOnly(string service, bool isOne) =>
        (Account with { ServicePrincipal = service }).RefusedFields().Should().Equal(isOne ? [] : ["ServicePrincipal"]);

    [Fact]
    public void Inspect_OfAKeytabOfAnotherPrincipal_RefusesTheKeytab() => (Account with { Principal = "other@EXAMPLE.COM" }).RefusedFields().Should().Equal("Keytab");

    [Fact]
    public void Inspect_OfTwoRealms_RefusesTheSecond()
    {
        (Account with { KerberosRealm = "OTHER.COM" }).RefusedFields().Should().Equal("KerberosRealm");
        (Account with { KerberosRealm = "EXAMPLE.COM" }).RefusedFields().Should().BeEmpty();
    }

    [Fact]
    public void Inspect_OfEverythingWrong_ReportsAllAtOnce()
    {
        var account = Account with { Principal = "user", Keytab = new Secret("c4n4ry!"), KeyDistributionCenters = ["kdc.example:0", "http://kdc.example", "kdc.example:88"] };

        var problems = account.Inspected().Problems;

        problems.Select(static problem => problem.Field).Should().Equal("Principal", "Keytab", "KeyDistributionCenters", "KeyDistributionCenters");
        problems.Should().NotContain(static problem => problem.Message.Contains("c4n4ry"));
    }
}
