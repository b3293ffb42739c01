namespace Digibee.Accounts;

public sealed class HostSyntaxTests
{
    [Theory]
    [InlineData("mail.example", true)]
    [InlineData("localhost", true)]
    [InlineData("192.0.2.1", true)]
    [InlineData("2001:db8::1", true)]
    [InlineData("kdc_1.example", true)]
    [InlineData("", false)]
    [InlineData("mail example", false)]
    [InlineData("mail.example:25", false)]
    [InlineData("smtp://mail.example", false)]
    [InlineData("mail.example/", false)]
    [InlineData("user@mail.example", false)]
    [InlineData("mail..example", false)]
    public void IsHost_OfAText_TakesNamesAndAddresses(string text, bool isOne) => HostSyntax.IsHost(text).Should().Be(isOne);

    [Theory]
    [InlineData("kdc.example", true)]
    [InlineData("kdc.example:88", true)]
    [InlineData("192.0.2.1:88", true)]
    [InlineData("2001:db8::1", true)]
    [InlineData("[2001:db8::1]:88", true)]
    [InlineData("kdc.example:", false)]
    [InlineData("kdc.example:0", false)]
    [InlineData("kdc.example:65536", false)]
    [InlineData("kdc.example:+88", false)]
    [InlineData("kdc.example: 88", false)]
    [InlineData(":88", false)]
    [InlineData("[2001:db8::1]:", false)]
    [InlineData("[2001:db8::1", false)]
    [InlineData("tcp/kdc.example", false)]
    public void IsHostAndPort_OfAText_TakesBothForms(string text, bool isOne) => HostSyntax.IsHostAndPort(text).Should().Be(isOne);
}
