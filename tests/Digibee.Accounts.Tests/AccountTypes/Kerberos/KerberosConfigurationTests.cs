namespace Digibee.Accounts;

public sealed class KerberosConfigurationTests
{
    private const string Text = """
        # A comment
        [libdefaults]
          default_realm = EXAMPLE.COM
          udp_preference_limit = 1
          ticket_lifetime = 24h
        [realms]
          EXAMPLE.COM = {
            kdc = kdc1.example.com
            kdc = tcp/kdc2.example.com:8888
            kdc = https://proxy.example.com/KdcProxy
            admin_server = kdc1.example.com
            auth_to_local_names = {
              kdc = none
            }
          }
          ; Another one
          OTHER.COM = {
            kdc = [::1]:89
          }
        [domain_realm]
          .other.com = OTHER.COM
          web.example.com = EXAMPLE.COM
          .deep.other.com = DEEP
        """;

    [Fact]
    public void Parse_OfAFile_TakesRealmsServersAndHosts()
    {
        var configuration = KerberosConfiguration.Parse(Text);

        configuration.BadLine.Should().Be(0);
        configuration.DefaultRealm.Should().Be("EXAMPLE.COM");
        configuration.PrefersTcp.Should().BeTrue();
        configuration.ServersOf("EXAMPLE.COM").Should().Equal(new KerberosKdc("kdc1.example.com", 88), new KerberosKdc("kdc2.example.com", 8888));
        configuration.ServersOf("OTHER.COM").Should().Equal(new KerberosKdc("::1", 89));
        configuration.ServersOf("example.com").Should().BeEmpty("realms mind the case of letters");
    }

    [Theory]
    [InlineData("web.example.com", "EXAMPLE.COM")]
    [InlineData("WEB.example.com", "EXAMPLE.COM")]
    [InlineData("a.other.com", "OTHER.COM")]
    [InlineData("a.b.other.com", "OTHER.COM")]
    [InlineData("a.deep.other.com", "DEEP")]
    [InlineData("other.com", null)]
    [InlineData("example.com", null)]
    public void RealmOf_AHost_IsThatOfItsNameOrNearestDomain(string host, string? realm) => KerberosConfiguration.Parse(Text).RealmOf(host).Should().Be(realm);

    [Theory]
    [InlineData("[realms]\nA = {\nkdc = http//x y\n}", 3)]
    [InlineData("[realms]\nA = {\nkdc = a\n", 4)]
    [InlineData("[realms]\n}", 2)]
    [InlineData("[realms\nx = y", 1)]
    [InlineData("just text", 1)]
    [InlineData("[realms]\nA = {\n[libdefaults]", 3)]
    public void Parse_OfSomethingElse_SaysInWhichLine(string text, int line) => KerberosConfiguration.Parse(text).BadLine.Should().Be(line);

    [Theory]
    [InlineData("include /etc/krb5.conf.d/x")]
    [InlineData("includedir /etc/krb5.conf.d/")]
    public void Parse_OfAnInclude_NotesIt(string text) => KerberosConfiguration.Parse(text).HasIncludes.Should().BeTrue();

    [Fact]
    public void Parse_OfNothing_IsEmpty()
    {
        KerberosConfiguration.Parse(text: null).Should().BeSameAs(KerberosConfiguration.Empty);
        KerberosConfiguration.Empty.RealmOf("web.example.com").Should().BeNull();
    }
}
