namespace Digibee.Accounts;

public sealed class SmtpAccountTests
{
    private static readonly SmtpAccount Account = (SmtpAccount)AccountSamples.Minimal("smtp-auth-and-properties") with { UserName = "user", Password = new Secret("c4n4ry") };

    [Theory]
    [InlineData("a\r\nRCPT TO:<x>")]
    [InlineData("a\rb")]
    [InlineData("a\0")]
    public void Init_OfALineBreakOrNul_IsRefusedInEachField(string text)
    {
        FluentActions.Invoking(() => Account with { Host = text }).Should().Throw<ArgumentException>().WithParameterName("Host");
        FluentActions.Invoking(() => Account with { UserName = text }).Should().Throw<ArgumentException>().WithParameterName("UserName");
        FluentActions.Invoking(() => Account with { Password = new Secret(text) }).Should().Throw<ArgumentException>().WithParameterName("Password");
        FluentActions.Invoking(() => Account with { Mechanisms = [text] }).Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(65_536)]
    public void Init_OfAPortThatIsNone_IsRefused(int port) =>
        FluentActions.Invoking(() => Account with { Port = port }).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("Port");

    [Fact]
    public void Init_OfAnUndefinedTls_IsRefused() =>
        FluentActions.Invoking(() => Account with { Tls = (SmtpTls)3 }).Should().Throw<ArgumentException>().WithParameterName("Tls");

    [Fact]
    public void Tls_WhenNothingIsSaid_IsMandatoryStartTls() => Account.Tls.Should().Be(SmtpTls.StartTls);

    [Fact]
    public void NaturalOrigins_OfAMailServer_AreNone() => Account.NaturalOrigins.Should().BeSameAs(AllowedOrigins.None);

    [Fact]
    public void Inspect_OfAPasswordInClearText_RefusesIt() =>
        (Account with { Tls = SmtpTls.None, Port = 25 }).RefusedFields().Should().Equal("Tls");

    [Fact]
    public void Inspect_OfClearTextWithoutAPassword_FindsNothing() =>
        (Account with { Tls = SmtpTls.None, Port = 25, UserName = null, Password = null }).RefusedFields().Should().BeEmpty();

    [Fact]
    public void Inspect_OfAPasswordOfNobody_RefusesIt() => (Account with { UserName = null }).RefusedFields().Should().Equal("UserName");

    [Fact]
    public void Inspect_OfEverythingWrong_ReportsAllAtOnce()
    {
        var account = Account with { Host = "smtp://mail.example", UserName = "", Tls = SmtpTls.None, Mechanisms = ["plain", "PLAIN", "A-MECHANISM-NAME-OF-21"] };

        account.RefusedFields().Should().Equal("Host", "UserName", "Tls", "Mechanisms", "Mechanisms");
    }

    [Theory]
    [InlineData(465, SmtpTls.StartTls, true)]
    [InlineData(465, SmtpTls.Implicit, false)]
    [InlineData(587, SmtpTls.Implicit, true)]
    [InlineData(25, SmtpTls.Implicit, true)]
    [InlineData(587, SmtpTls.StartTls, false)]
    [InlineData(2525, SmtpTls.Implicit, false)]
    public void Inspect_OfAPortThatUsuallySpeaksOtherwise_Warns(int port, SmtpTls tls, bool warns) =>
        (Account with { Port = port, Tls = tls }).Inspected().Warnings.Should().HaveCount(warns ? 1 : 0);

    [Fact]
    public void Inspect_OfOrigins_WarnsThatTheyHaveNoEffect() =>
        (Account with { AllowedOrigins = ["https://mail.example"] }).Inspected().Warnings.Should().ContainSingle().Which.Should().StartWith("AllowedOrigins: ");
}
