namespace Digibee.Accounts;

public sealed class KerberosKdcTests
{
    [Theory]
    [InlineData("kdc.example", "kdc.example", 88)]
    [InlineData("kdc.example:8888", "kdc.example", 8888)]
    [InlineData("10.0.0.1:88", "10.0.0.1", 88)]
    [InlineData("::1", "::1", 88)]
    [InlineData("[::1]", "::1", 88)]
    [InlineData("[::1]:750", "::1", 750)]
    [InlineData("udp/kdc.example:1", "kdc.example", 1)]
    public void TryParse_OfAServer_GivesHostAndPort(string text, string host, int port) => KerberosKdc.TryParse(text).Should().Be(new KerberosKdc(host, port));

    [Theory]
    [InlineData("")]
    [InlineData("kdc.example:0")]
    [InlineData("kdc.example:65536")]
    [InlineData("a b")]
    [InlineData("tcp/")]
    public void TryParse_OfAnythingElse_IsNull(string text) => KerberosKdc.TryParse(text).Should().BeNull();
}
