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
    public void Inspect_OfAnAccount_NotesThePrincipal() =>
        Account.Inspected().Facts().Should().Equal("principal=user@EXAMPLE.COM");

    [Fact]
    public void Inspect_OfARealmBesideThePrincipal_NotesBoth() =>
        (Account with { Principal = "HTTP/web.example", KerberosRealm = "EXAMPLE.COM" }).Inspected().Facts()
            .Should().Equal("kerberosRealm=EXAMPLE.COM", "principal=HTTP/web.example");

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
