using System.Net;
using System.Net.Security;
using System.Security.Authentication;

namespace Digibee.Accounts;

/// <summary>Jakarta Mail's properties. Names and meanings are those of its documentation of <c>com.sun.mail.smtp</c>.</summary>
public sealed class SmtpSettingsTests
{
    [Fact]
    public void Read_OfEveryPropertyThatIsKnown_TakesItIn()
    {
        var settings = SmtpSettings.Read(
        [
            "mail.smtp.auth=true", "mail.smtp.connectiontimeout=1500", "mail.smtp.timeout=20000", "mail.smtp.writetimeout=30000", "mail.smtp.localhost=client.example", "mail.smtp.localaddress=::1",
            "mail.smtp.localport=2500", "mail.smtp.from=bounces@shop.example", "mail.smtp.sendpartial=TRUE", "mail.smtp.quitwait=false", "mail.smtp.dsn.notify=SUCCESS,delay", "mail.smtp.dsn.ret=FULL",
            "mail.smtp.proxy.host=proxy.example", "mail.smtp.proxy.port=3128", "mail.smtp.socks.host=socks.example", "mail.smtp.socks.port=1081", "mail.smtp.ssl.protocols=TLSv1.2 TLSv1.3",
            "mail.smtp.ssl.ciphersuites=TLS_AES_256_GCM_SHA384 TLS_AES_128_GCM_SHA256", "mail.smtp.ssl.checkserveridentity=true",
        ]);

        settings.Problems.Should().BeEmpty();
        settings.Warnings.Should().BeEmpty();
        settings.Authenticates.Should().BeTrue();
        settings.ConnectTimeout.Should().Be(TimeSpan.FromSeconds(1.5));
        settings.Timeout.Should().Be(TimeSpan.FromSeconds(30), "it is the longer of two");
        settings.LocalHost.Should().Be("client.example");
        settings.LocalAddress.Should().Be(IPAddress.IPv6Loopback);
        settings.LocalPort.Should().Be(2500);
        settings.From.Should().Be("bounces@shop.example");
        settings.SendsPartially.Should().BeTrue();
        settings.QuitsPolitely.Should().BeFalse();
        settings.NotifyOn.Should().Equal("SUCCESS", "DELAY");
        settings.ReturnsWhole.Should().BeTrue();
        settings.ProxyHost.Should().Be("proxy.example");
        settings.ProxyPort.Should().Be(3128);
        settings.SocksHost.Should().Be("socks.example");
        settings.SocksPort.Should().Be(1081);
        settings.Protocols.Should().Be(SslProtocols.Tls12 | SslProtocols.Tls13);
        settings.CipherSuites.Should().Equal(TlsCipherSuite.TLS_AES_256_GCM_SHA384, TlsCipherSuite.TLS_AES_128_GCM_SHA256);
    }

    [Fact]
    public void Read_OfNothing_GivesTheDefaults()
    {
        var settings = SmtpSettings.Read(NameList.Empty);

        settings.Authenticates.Should().BeNull();
        settings.Timeout.Should().BeNull();
        settings.QuitsPolitely.Should().BeTrue();
        settings.Protocols.Should().Be(SslProtocols.None);
    }

    [Theory]
    [InlineData("mail.smtps.timeout=5000")]
    [InlineData("MAIL.SMTP.Timeout=5000")]
    [InlineData("mail.smtp.timeout = 5000 ")]
    public void Read_OfANameInAnotherForm_TakesItForTheSame(string property) => SmtpSettings.Read([property]).Timeout.Should().Be(TimeSpan.FromSeconds(5));

    [Theory]
    [InlineData("mail.smtp.auth=yes")]
    [InlineData("mail.smtp.timeout=0")]
    [InlineData("mail.smtp.timeout=-1")]
    [InlineData("mail.smtp.timeout=3600001")]
    [InlineData("mail.smtp.timeout=1e3")]
    [InlineData("mail.smtp.connectiontimeout=99999999999999999999")]
    [InlineData("mail.smtp.localhost=two words")]
    [InlineData("mail.smtp.localaddress=client.example")]
    [InlineData("mail.smtp.localport=65536")]
    [InlineData("mail.smtp.from=<a@b.example>")]
    [InlineData("mail.smtp.from=a@b.example> SIZE=1")]
    [InlineData("mail.smtp.from=nobody")]
    [InlineData("mail.smtp.from=nobody@")]
    [InlineData("mail.smtp.sendpartial=1")]
    [InlineData("mail.smtp.quitwait=")]
    [InlineData("mail.smtp.dsn.notify=NEVER,FAILURE")]
    [InlineData("mail.smtp.dsn.notify=")]
    [InlineData("mail.smtp.dsn.ret=SOME")]
    [InlineData("mail.smtp.proxy.host=http://proxy.example")]
    [InlineData("mail.smtp.proxy.port=0")]
    [InlineData("mail.smtp.socks.host=")]
    [InlineData("mail.smtp.socks.port=x")]
    [InlineData("mail.smtp.ssl.protocols=TLSv1.1 TLSv1.2")]
    [InlineData("mail.smtp.ssl.protocols=")]
    [InlineData("mail.smtp.ssl.ciphersuites=4865")]
    [InlineData("mail.smtp.ssl.ciphersuites=TLS_NO_SUCH_SUITE")]
    [InlineData("mail.smtp.ssl.ciphersuites=")]
    [InlineData("mail.smtp.ssl.checkserveridentity=false")]
    [InlineData("mail.smtp.ssl.trust=*")]
    [InlineData("mail.smtp.ssl.trust=mail.example")]
    [InlineData("mail.smtp.host=mail.example")]
    [InlineData("mail.smtp.starttls.enable=true")]
    [InlineData("mail.smtp.password=c4n4ry")]
    [InlineData("mail.smtp.proxy.password=c4n4ry")]
    public void Read_OfAValueThatCannotBeFollowed_NamesThePropertyAndNotItsValue(string property)
    {
        var equals = property.IndexOf('=', StringComparison.Ordinal);

        var problem = SmtpSettings.Read([property]).Problems.Should().ContainSingle().Subject;

        problem.Should().StartWith($"{property[..equals]} ").And.EndWith(".").And.NotContain("c4n4ry");
    }

    [Theory]
    [InlineData("c4n4ry")]
    [InlineData("c4n4ry==")]
    [InlineData("=c4n4ry")]
    [InlineData("mail c4n4ry=true")]
    [InlineData("mail.c4n4ry/=true")]
    public void Read_OfWhatIsNoProperty_RepeatsNothingOfIt(string entry)
    {
        var problem = SmtpSettings.Read(["mail.smtp.timeout=1", entry]).Problems.Should().ContainSingle().Subject;

        problem.Should().StartWith("entry 2 ").And.NotContain("c4n4ry");
    }

    [Fact]
    public void Read_OfAnUnknownProperty_WarnsByName() =>
        SmtpSettings.Read(["mail.smtp.allow8bitmime=true"]).Should().Match<SmtpSettings>(static settings => settings.Problems.Count == 0 && settings.Warnings.Single() == "mail.smtp.allow8bitmime is not known here, so it has no effect. Leave it out.");
}
