using System.Text;

namespace Digibee.Accounts;

public sealed class PlatformJsonTests
{
    // Field names and slugs as the platform documents them: configuring-each-account-type.
    [Theory]
    [InlineData("""{"name":"a","type":"basic","USERNAME":"alice","PASSWORD":"p"}""", "BasicAccount { UserName = alice, Password = p }")]
    [InlineData("""{"name":"a","type":"AWS_4","SERVICE-NAME":"s3","ACCESS-KEY":"AKID","SECRET-KEY":"p","REGION":"eu-central-1"}""", "AwsV4Account { AccessKeyId = AKID, SecretAccessKey = p, Service = s3, Region = eu-central-1 }")]
    [InlineData("""{"name":"a","type":"custom-auth-header","HEADER-NAME":"X-Key","HEADER-VALUE":"p"}""", "CustomAuthHeaderAccount { HeaderName = X-Key, HeaderValue = p }")]
    [InlineData("""{"name":"a","type":"OAUTH_BEARER_TOKEN","token":"p"}""", "OAuthBearerAccount { Token = p }")]
    [InlineData("""{"name":"a","type":"api-key","URL-PARAM-NAME":"key","API-KEY":"p"}""", "ApiKeyAccount { ParameterName = key, Key = p, Placement = Query }")]
    [InlineData("""{"name":"a","type":"ntlm","USERNAME":"alice","PASSWORD":"p","DOMAIN":"","HOSTNAME":"WS"}""", "NtlmAccount { UserName = alice, Password = p, Workstation = WS }")]
    [InlineData("""{"type":"oauth-2","PROVIDER":"google","SCOPES":"a, b","label":"a"}""", "OAuth2Account { Provider = google, Scopes = a,b, Grant = AuthorizationCode, ClientAuthentication = Default, UseDPoP = False }")]
    [InlineData("""{"name":"a","type":"SMTP Auth and Props","HOST":"smtp.gmail.com","PORT":"587","USERNAME":"u","PASSWORD":"p","STARTTLS_ENABLE":"true","AUTH":"true"}""", "SmtpAccount { Host = smtp.gmail.com, Port = 587, UserName = u, Password = p, Tls = StartTls }")]
    [InlineData("""{"name":"a","type":"smtp","host":"h","port":465,"username":"u","password":"p","mail.smtp.auth":true}""", "SmtpAccount { Host = h, Port = 465, UserName = u, Password = p, Tls = Implicit }")]
    [InlineData("""{"name":"a","type":"smtp","host":"h","port":25,"starttls-enable":"false"}""", "SmtpAccount { Host = h, Port = 25, Tls = None }")]
    [InlineData("""{"name":"a","type":"smtp","host":"h","port":587,"username":"u","password":"p","AUTH":"plain login"}""", "SmtpAccount { Host = h, Port = 587, UserName = u, Password = p, Tls = StartTls, Mechanisms = PLAIN,LOGIN }")]
    public void Read_OfThePlatformsOwnFields_GivesTheAccount(string json, string expected)
    {
        var account = PlatformJson.Read(Encoding.UTF8.GetBytes(json)).Single();

        account.Name.Should().Be("a");
        Describe(account).Should().Be(expected);
    }

    [Theory]
    [MemberData(nameof(AccountSamples.Slugs), MemberType = typeof(AccountSamples))]
    public async Task Read_OfWhatWriteRevealedAsyncWrote_GivesTheSameAccounts(string slug)
    {
        Account[] accounts = [AccountSamples.Minimal(slug) with { Name = "minimal" }, AccountSamples.Full(slug)];
        using var output = new MemoryStream();

        await PlatformJson.WriteRevealedAsync(output, accounts);

        PlatformJson.Read(output.ToArray()).Should().Equal(accounts);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("plain")]
    public void Read_OfMailThatSignsInWithNothing_IsRefusedRatherThanSentUnsigned(string auth)
    {
        var read = () => PlatformJson.Read(Encoding.UTF8.GetBytes($$"""{"name":"a","type":"smtp","HOST":"h","PORT":"587","AUTH":"{{auth}}"}"""));

        read.Should().Throw<AccountImportException>().Which.Problems.Should().ContainSingle().Which.Field.Should().Be("AUTH");
    }

    [Fact]
    public void Read_OfMetadata_TakesThePlatformsFormsAndOurs()
    {
        var account = PlatformJson.Read("""{"name":"a","type":"oauth-bearer","TOKEN":"p","DESCRIPTION":"d","EXPIRATION-DATE":"31/01/2027","projects":"one, two","allowedOrigins":["https://api.example"]}"""u8).Single();

        account.Should().Be(new OAuthBearerAccount
        {
            Name = "a",
            Token = new Secret("p"),
            Description = "d",
            ExpiresAt = new DateTimeOffset(2027, 1, 31, 0, 0, 0, TimeSpan.Zero),
            Projects = ["one", "two"],
            AllowedOrigins = ["https://api.example"],
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("  \n")]
    public void Read_OfNothing_GivesNoAccounts(string json) => PlatformJson.Read(Encoding.UTF8.GetBytes(json)).Should().BeEmpty();

    [Fact]
    public void Read_OfObjectsOneAfterAnother_GivesThemAll() =>
        PlatformJson.Read("""
            {"name":"a","type":"oauth-bearer","TOKEN":"p"}
            [{"name":"b","type":"oauth-bearer","TOKEN":"p"},]
            """u8).Select(static account => account.Name).Should().Equal("a", "b");

    [Fact]
    public void Read_WithProblemsInSeveralAccounts_ReportsAllOfThemAndNoValue()
    {
        var read = () => PlatformJson.Read("""
            [
              {"name":"Big","type":"basic","USERNAME":"hunter2","PASSWORD":"hunter2"},
              {"type":"azure-key","KEY":"hunter2"},
              {"name":"c","type":"basic","USERNAME":"hunter2:x","PASSWORD":12345,"COLOUR":"hunter2","hunter2 hunter2!":1},
              {"name":"d","type":"oauth-bearer","TOKEN":"hunter2","token":"hunter2"},
              {"name":"e","type":"smtp","HOST":"h","PORT":"587","USERNAME":"u","PASSWORD":"hunter2","AUTH":"false","STARTTLS_ENABLE":"maybe"},
              {"name":"f","type":"oauth-bearer"},
              {"name":"g","type":"oauth-bearer","TOKEN":{"a":"hunter2"},"EXPIRATION-DATE":"hunter2"}
            ]
            """u8);

        var exception = read.Should().Throw<AccountImportException>().Which;
        exception.Problems.Select(static problem => $"{problem.Position} {problem.AccountName} {problem.Field}").Should().BeEquivalentTo(
            "1  name", "2  name", "2  type", "3 c UserName", "3 c Password", "3 c COLOUR", "3 c a field", "4 d Token", "5 e AUTH", "5 e STARTTLS_ENABLE", "6 f Token", "7 g Token", "7 g ExpiresAt");
        $"{exception} {string.Join(' ', exception.Problems)}".Should().NotContain("hunter2").And.NotContain("12345");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[[{}]]")]
    [InlineData("\"hunter2\"")]
    [InlineData("""{"name":"a","type":"basic","USERNAME":"\ud800","PASSWORD":"hunter2"}""")]
    public void Read_OfWhatIsNoAccount_IsRefusedWithoutTheText(string json)
    {
        var read = () => PlatformJson.Read(Encoding.UTF8.GetBytes(json));

        read.Should().Throw<AccountImportException>().Which.ToString().Should().NotContain("hunter2");
    }

    private static string Describe(Account account)
    {
        var fields = new List<string>();
        foreach (var field in AccountFields.Of(account.Type))
        {
            if ((field.SecretOf(account)?.Reveal() ?? field.TextOf(account)) is { } text)
            {
                fields.Add($"{field.PropertyName} = {(field.ClrType == typeof(bool) ? bool.Parse(text) : text)}");
            }
        }

        return $"{account.GetType().Name} {{ {string.Join(", ", fields)} }}";
    }
}
