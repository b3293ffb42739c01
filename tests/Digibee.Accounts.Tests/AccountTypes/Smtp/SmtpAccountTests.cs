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
        FluentActions.Invoking(() => Account with { BearerAccount = text }).Should().Throw<ArgumentException>().WithParameterName("BearerAccount");
        FluentActions.Invoking(() => Account with { Properties = [$"mail.smtp.localhost={text}"] }).Should().Throw<ArgumentException>();
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

    [Fact]
    public void Inspect_OfAUserWithoutProof_Warns() =>
        (Account with { Password = null }).Inspected().Warnings.Should().ContainSingle().Which.Should().StartWith("UserName: ");

    [Fact]
    public void Inspect_OfASignInByToken_FindsNothing() =>
        (Account with { Password = null, BearerAccount = "token", Mechanisms = ["XOAUTH2"] }).Inspected().Should().Match<AccountInspection>(static inspection => inspection.Problems.Count == 0 && inspection.Warnings.Count == 0);

    // What parts the fields of the messages cannot stand in one (RFC 7628, section 3.1).
    [Theory]
    [InlineData("mailer\u0001auth=Bearer x\u0001")]
    [InlineData("mailer,a")]
    [InlineData("a=mailer")]
    public void Inspect_OfAUserThatWouldBeAnotherFieldBesideAToken_RefusesIt(string user)
    {
        (Account with { UserName = user, Password = null, BearerAccount = "token" }).RefusedFields().Should().Equal("UserName");
        (Account with { UserName = user }).RefusedFields().Should().BeEmpty("a password's mechanisms have no such fields");
    }

    [Fact]
    public void Inspect_OfATokenThatCannotBeUsed_RefusesEachReason()
    {
        var account = Account with { Password = null, BearerAccount = "token" };

        (account with { UserName = null }).RefusedFields().Should().Equal("UserName");
        (account with { BearerAccount = "Not A Name" }).RefusedFields().Should().Equal("BearerAccount");
        (account with { Tls = SmtpTls.None, Port = 25 }).RefusedFields().Should().Equal("Tls");
        (account with { Mechanisms = ["PLAIN"] }).RefusedFields().Should().Equal("Mechanisms");
        (Account with { Mechanisms = ["XOAUTH2", "OAUTHBEARER"] }).RefusedFields().Should().Equal("Mechanisms");
        (Account with { BearerAccount = "token" }).Inspected().Warnings.Should().ContainSingle().Which.Should().StartWith("Password: ");
    }

    [Fact]
    public void Inspect_OfProperties_ReportsWhatIsWrongAndWhatIsUnknown()
    {
        var inspection = (Account with { Properties = ["mail.smtp.ssl.trust=*", "mail.smtp.userset=true", "mail.smtp.timeout=30000"] }).Inspected();

        inspection.Problems.Should().ContainSingle().Which.Should().Match<AccountProblem>(static problem => problem.Field == "Properties" && problem.Message.StartsWith("mail.smtp.ssl.trust "));
        inspection.Warnings.Should().ContainSingle().Which.Should().StartWith("Properties: mail.smtp.userset is not known");
    }

    [Fact]
    public void Inspect_OfTheFlagOfAuth_ComparesItWithWhatThereIs()
    {
        (Account with { UserName = null, Password = null, Properties = ["mail.smtp.auth=true"] }).RefusedFields().Should().Equal("Properties");
        (Account with { Properties = ["mail.smtp.auth=false"] }).Inspected().Warnings.Should().ContainSingle().Which.Should().StartWith("Properties: mail.smtp.auth is false");
        (Account with { Properties = ["mail.smtp.auth=true"] }).Inspected().Warnings.Should().BeEmpty();
    }
}
