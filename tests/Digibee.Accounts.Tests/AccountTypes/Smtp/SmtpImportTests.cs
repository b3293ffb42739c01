namespace Digibee.Accounts;

/// <summary>Accounts as other platforms keep them.</summary>
public sealed class SmtpImportTests
{
    // The worked example of the platform's documentation: Gmail, where AUTH is the flag of Jakarta Mail.
    [Fact]
    public void FromProperties_OfThePlatformsExample_IsTheAccount()
    {
        var account = Import(("HOST", "smtp.gmail.com"), ("PORT", "587"), ("USERNAME", "me@gmail.example"), ("PASSWORD", "c4n4ry"), ("STARTTLS_ENABLE", "true"), ("AUTH", "true"));

        account.Should().Be(new SmtpAccount { Name = "mail", Host = "smtp.gmail.com", Port = 587, UserName = "me@gmail.example", Password = new Secret("c4n4ry"), Tls = SmtpTls.StartTls });
        account.RefusedFields().Should().BeEmpty();
    }

    // The same field as the documentation's table describes it: the way the server authenticates.
    [Theory]
    [InlineData("LOGIN", "LOGIN")]
    [InlineData("login plain", "LOGIN PLAIN")]
    [InlineData("CRAM-MD5, SCRAM-SHA-256", "CRAM-MD5 SCRAM-SHA-256")]
    public void FromProperties_WithMechanismsInAuth_ListsThem(string auth, string expected) =>
        Import(("HOST", "mail.example"), ("AUTH", auth)).Mechanisms.Should().Equal(expected.Split(' '));

    [Theory]
    [InlineData("AUTH")]
    [InlineData("mail.smtp.auth")]
    public void FromProperties_WithAuthSwitchedOff_KeepsThat(string name)
    {
        var account = Import(("HOST", "mail.example"), ("USERNAME", "u"), ("PASSWORD", "p"), (name, "false"));

        account.Properties.Should().Equal("mail.smtp.auth=false");
        account.UserName.Should().Be("u");
    }

    [Fact]
    public void FromProperties_WithAuthSwitchedOffAndOnAgain_TakesTheLater() =>
        Import(("HOST", "mail.example"), ("USERNAME", "u"), ("PASSWORD", "p"), ("AUTH", "false"), ("mail.smtp.auth", "true")).Properties.Should().BeEmpty();

    [Theory]
    [InlineData("true")]
    [InlineData("LOGIN")]
    public void FromProperties_WithAuthAndNothingToSignInWith_IsRefusedAtSave(string auth) =>
        Import(("HOST", "mail.example"), ("AUTH", auth)).RefusedFields().Should().Contain("Properties", "mail would go out unsigned");

    [Fact]
    public void FromProperties_WithSslSwitchedOnAndOffAgain_TakesTheLater() =>
        Import(("HOST", "mail.example"), ("mail.smtp.ssl.enable", "true"), ("mail.smtp.ssl.enable", "false")).Tls.Should().Be(SmtpTls.StartTls);

    [Fact]
    public void FromProperties_OfJakartaMail_IsTheAccount()
    {
        var account = Import(
            ("mail.smtp.host", "mail.example"), ("mail.smtp.port", "2525"), ("mail.smtp.user", "u"), ("mail.smtp.auth", "true"), ("mail.smtp.auth.mechanisms", "PLAIN LOGIN"), ("mail.smtp.starttls.required", "true"),
            ("mail.smtp.timeout", "30000"), ("mail.smtp.userset", "true"), ("PASSWORD", "p"));

        account.Should().Be(new SmtpAccount
        {
            Name = "mail",
            Host = "mail.example",
            Port = 2525,
            UserName = "u",
            Password = new Secret("p"),
            Mechanisms = ["PLAIN", "LOGIN"],
            Properties = ["mail.smtp.timeout=30000", "mail.smtp.userset=true"],
        });
        account.Inspected().Warnings.Should().ContainSingle().Which.Should().Contain("mail.smtp.userset");
    }

    // TLS is never optional: only an explicit "false" means none, and a password is then refused at save.
    [Theory]
    [InlineData("", SmtpTls.StartTls, 25)]
    [InlineData("STARTTLS_ENABLE=true PORT=587", SmtpTls.StartTls, 587)]
    [InlineData("STARTTLS_ENABLE=false PORT=25", SmtpTls.None, 25)]
    [InlineData("STARTTLS_ENABLE=false PORT=465", SmtpTls.Implicit, 465)]
    [InlineData("PORT=465", SmtpTls.Implicit, 465)]
    [InlineData("STARTTLS_ENABLE=true PORT=465", SmtpTls.StartTls, 465)]
    [InlineData("mail.smtp.ssl.enable=true", SmtpTls.Implicit, 465)]
    [InlineData("mail.smtp.ssl.enable=true mail.smtp.port=2465", SmtpTls.Implicit, 2465)]
    [InlineData("mail.smtp.ssl.enable=true mail.smtp.starttls.enable=true", SmtpTls.Implicit, 465)]
    [InlineData("mail.smtp.starttls.enable=false mail.smtp.starttls.required=true", SmtpTls.StartTls, 25)]
    [InlineData("mail.smtps.timeout=1000", SmtpTls.Implicit, 465)]
    [InlineData("mail.transport.protocol=smtps", SmtpTls.Implicit, 465)]
    [InlineData("mail.transport.protocol=smtp", SmtpTls.StartTls, 25)]
    public void FromProperties_OfEachWayToSayTls_IsOneOfThree(string properties, SmtpTls tls, int port)
    {
        var account = Import([("HOST", "mail.example"), .. properties.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static property => (property.Split('=')[0], property.Split('=')[1]))]);

        account.Tls.Should().Be(tls);
        account.Port.Should().Be(port);
    }

    [Fact]
    public void FromProperties_WithoutTlsButAPassword_IsRefusedAtSave() =>
        Import(("HOST", "mail.example"), ("USERNAME", "u"), ("PASSWORD", "p"), ("STARTTLS_ENABLE", "false")).RefusedFields().Should().Equal("Tls");

    [Fact]
    public void FromProperties_WithoutAHost_SaysWhatIsMissing() =>
        FluentActions.Invoking(static () => Import(("PORT", "587"))).Should().Throw<ArgumentException>().WithMessage("*HOST*");

    [Theory]
    [InlineData("PORT", "c4n4ry")]
    [InlineData("PORT", "0")]
    [InlineData("STARTTLS_ENABLE", "c4n4ry")]
    [InlineData("mail.smtp.ssl.enable", "c4n4ry")]
    [InlineData("mail.transport.protocol", "c4n4ry")]
    [InlineData("mail.smtp.proxy.password", "c4n4ry")]
    [InlineData("client_secret", "c4n4ry")]
    [InlineData("mail.smtp.localhost", "c4n4ry\r\nRCPT TO:<x>")]
    [InlineData("HOST", "mail.example\nc4n4ry")]
    public void FromProperties_OfAValueThatIsNotWhatItsNameSays_DoesNotRepeatIt(string name, string value) =>
        FluentActions.Invoking(() => Import(("HOST", "mail.example"), (name, value))).Should().Throw<ArgumentException>().Which.Message.Should().NotContain("c4n4ry");

    private static SmtpAccount Import(params (string Name, string Value)[] properties) =>
        SmtpAccount.FromProperties("mail", properties.Select(static property => KeyValuePair.Create(property.Name, property.Value)));
}
