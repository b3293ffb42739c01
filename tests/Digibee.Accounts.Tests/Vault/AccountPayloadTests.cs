using System.Text;

namespace Digibee.Accounts;

public sealed class AccountPayloadTests
{
    private static readonly AccountMetadata NoMetadata = new();

    public static TheoryData<string> Slugs => AccountSamples.Slugs;

    [Theory]
    [MemberData(nameof(Slugs))]
    public void TryRead_OfTheGoldenPayloadWithoutOptionalProperties_GivesTheirDefaults(string slug) =>
        Read(slug, GoldenPayloads.Minimal[slug]).Should().Be(AccountSamples.Minimal(slug));

    [Theory]
    [MemberData(nameof(Slugs))]
    public void TryRead_OfTheFullGoldenPayloadAndItsMetadata_GivesTheAccount(string slug)
    {
        var expected = AccountSamples.Full(slug);
        var metadata = AccountMetadata.Of(expected, expected.Inspected());

        AccountPayload.TryRead(expected.Type, slug, metadata, Encoding.UTF8.GetBytes(GoldenPayloads.Full[slug])).Should().Be(expected);
    }

    [Fact]
    public void TryRead_OfAPayloadBeforeTheTypeGotMore_GivesTheDefaultsOfTheRest()
    {
        Read("oauth-2", GoldenPayloads.Earlier["oauth-2"]).Should().Be((OAuth2Account)AccountSamples.Minimal("oauth-2") with { Scopes = ["offline_access", "files.readwrite.all"] });
        Read("google-key", GoldenPayloads.Earlier["google-key"]).Should().Be((GoogleKeyAccount)AccountSamples.Minimal("google-key") with { Scopes = ["https://www.googleapis.com/auth/drive"] });
        Read("smtp-auth-and-properties", GoldenPayloads.Earlier["smtp-auth-and-properties"]).Should().Be(
            (SmtpAccount)AccountSamples.Minimal("smtp-auth-and-properties") with { Port = 465, UserName = "user@example.com", Password = new Secret("c4n4ry"), Tls = SmtpTls.Implicit, Mechanisms = ["SCRAM-SHA-256", "PLAIN"] });
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Write_OfTheFullSample_IsTheGoldenPayloadToTheByte(string slug) => Write(AccountSamples.Full(slug)).Should().Be(GoldenPayloads.Full[slug]);

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Write_OfAnyAccount_HoldsNeitherNameNorMetadata(string slug) =>
        Write(AccountSamples.Full(slug) with { Name = "n4m3", Description = "d3scr1pt10n", Projects = ["pr0j3ct"] }).Should().NotContainAny("n4m3", "d3scr1pt10n", "pr0j3ct", "api.example");

    [Theory]
    [MemberData(nameof(Slugs))]
    public void TryRead_OfWhatWasWritten_GivesEachTypeOnly(string slug)
    {
        using var payload = AccountPayload.Write(AccountSamples.Minimal(slug));

        AccountPayload.TryRead(AccountType.Parse(slug), slug, NoMetadata, payload.Span).Should().Be(AccountSamples.Minimal(slug));
    }

    [Theory]
    [InlineData("")]
    [InlineData("c4n4ry \"\\/ \b\f\n\r\t \u0000\u0001\u001F\u007F")]
    [InlineData("ünïcödé \u2028 \U0001F511 <>&'+`")]
    public void TryRead_OfASecretWithAnyCharacters_GivesThemBack(string text)
    {
        var account = new PrivateKeyAccount { Name = "a", Key = new Secret(text) };

        var read = (PrivateKeyAccount)Read("private-key", Write(account))!;

        read.Key.Reveal().Should().Be(text);
    }

    [Fact]
    public void TryRead_OfASecretWithEscapes_ResolvesThem() =>
        ((PrivateKeyAccount)Read("private-key", """{"v":1,"key":"\u0063\n\ud83d\udd11\/"}""")!).Key.Reveal().Should().Be("c\n\U0001F511/");

    [Theory]
    [InlineData("", "empty")]
    [InlineData("{", "cut off")]
    [InlineData("null", "no object")]
    [InlineData("[]", "no object")]
    [InlineData("""{}""", "no version")]
    [InlineData("""{"userName":"a","password":"p"}""", "no version")]
    [InlineData("""{"userName":"a","v":1,"password":"p"}""", "the version is not first")]
    [InlineData("""{"v":0,"userName":"a","password":"p"}""", "version unknown")]
    [InlineData("""{"v":2,"userName":"a","password":"p"}""", "version unknown")]
    [InlineData("""{"v":1.0,"userName":"a","password":"p"}""", "version not written as ours")]
    [InlineData("""{"v":"1","userName":"a","password":"p"}""", "version of another kind")]
    [InlineData("""{"v":99999999999999999999,"userName":"a","password":"p"}""", "version out of range")]
    [InlineData("""{"v":1,"v":1,"userName":"a","password":"p"}""", "version twice")]
    [InlineData("""{"v":1,"userName":"a","password":"p","v":2}""", "version twice")]
    [InlineData("""{"v":1,"userName":"a"}""", "required property absent")]
    [InlineData("""{"v":1}""", "required properties absent")]
    [InlineData("""{"v":1,"userName":"a","password":"p","password":"q"}""", "property twice")]
    [InlineData("""{"v":1,"userName":"a","password":"p","name":"b"}""", "a name of its own")]
    [InlineData("""{"v":1,"userName":"a","password":null}""", "null for a secret")]
    [InlineData("""{"v":1,"userName":null,"password":"p"}""", "null for a text")]
    [InlineData("""{"v":1,"userName":"a","password":{"p":1}}""", "object for a secret")]
    [InlineData("""{"v":1,"userName":"a","password":5}""", "number for a secret")]
    [InlineData("""{"v":1,"userName":"a:b","password":"p"}""", "what init refuses")]
    [InlineData("""{"v":1,"userName":"a","password":"p\n"}""", "what init refuses")]
    [InlineData("""{"v":1,"userName":"a","password":"\ud83d"}""", "half of a surrogate pair")]
    [InlineData("""{"v":1,"userName":"a","password":"p"}x""", "trailing data")]
    [InlineData("""{"v":1,"userName":"a","password":"p"}{"v":1}""", "trailing data")]
    [InlineData(""" {"v":1,"userName":"a","password":"p"}""", "white space first")]
    [InlineData("""{"v":1,"userName":"a","password":"p",}""", "trailing comma")]
    [InlineData("""{"v":1,/**/"userName":"a","password":"p"}""", "comment")]
    [InlineData("""{"v":1,"x":[[[[[[[[[]]]]]]]]],"userName":"a","password":"p"}""", "too deep")]
    public void TryRead_OfWhatIsNoPayload_IsNull(string json, string because) => Read("basic", json).Should().BeNull(because);

    [Fact]
    public void TryRead_OfBytesThatAreNoUtf8_IsNull() =>
        AccountPayload.TryRead(AccountType.OAuthBearer, "a", NoMetadata, [.. """{"v":1,"token":"a"""u8, 0xC0, 0x80, .. "\"}"u8]).Should().BeNull();

    [Theory]
    [InlineData("api-key", """{"v":1,"parameterName":"a","key":"k","placement":7}""")]
    [InlineData("api-key", """{"v":1,"parameterName":"a","key":"k","placement":"Body"}""")]
    [InlineData("smtp-auth-and-properties", """{"v":1,"host":"a","port":0}""")]
    [InlineData("smtp-auth-and-properties", """{"v":1,"host":"a","port":25,"mechanisms":[null]}""")]
    [InlineData("smtp-auth-and-properties", """{"v":1,"host":"a","port":25,"mechanisms":[5]}""")]
    [InlineData("smtp-auth-and-properties", """{"v":1,"host":"a","port":25,"mechanisms":"PLAIN"}""")]
    [InlineData("oauth-2", """{"v":1,"provider":"google","scopes":null}""")]
    [InlineData("basic", """{"v":1,"token":"c4n4ry"}""")]
    public void TryRead_OfValuesThatAreNone_IsNull(string slug, string json) => Read(slug, json).Should().BeNull();

    [Fact]
    public void TryRead_OfAnUnknownProperty_IgnoresIt() =>
        Read("basic", """{"v":1,"later":{"a":[1,2]},"userName":"a","password":"p"}""").Should().BeOfType<BasicAccount>().Which.UserName.Should().Be("a");

    [Fact]
    public void TryRead_OfMetadataInThePayload_TakesThatOfTheRow() =>
        Read("basic", """{"v":1,"userName":"a","password":"p","description":"d","allowedOrigins":["https://attacker.example"],"projects":["p"],"expiresAt":"2030-01-01T00:00:00Z"}""")
            .Should().Be(new BasicAccount { Name = "basic", UserName = "a", Password = new Secret("p") });

    [Fact]
    public void TryRead_OfANameThatIsNone_IsNull() => AccountPayload.TryRead(AccountType.Basic, "a\",\"b\":\"", NoMetadata, Encoding.UTF8.GetBytes(GoldenPayloads.Minimal["basic"])).Should().BeNull();

    [Fact]
    public void TryRead_OfTheLargestPayload_ReadsItAndNotOneByteMore()
    {
        const string Start = """{"v":1,"token":"a","x":" """;
        var largest = Encoding.UTF8.GetBytes(Start + new string('x', 1_048_575 - Start.Length - 2) + "\"}");

        AccountPayload.TryRead(AccountType.OAuthBearer, "a", NoMetadata, largest).Should().NotBeNull();
        AccountPayload.TryRead(AccountType.OAuthBearer, "a", NoMetadata, [.. largest, (byte)' ']).Should().BeNull();
    }

    private static Account? Read(string slug, string json) => AccountPayload.TryRead(AccountType.Parse(slug), slug, NoMetadata, Encoding.UTF8.GetBytes(json));

    private static string Write(Account account)
    {
        using var payload = AccountPayload.Write(account);
        return Encoding.UTF8.GetString(payload.Span);
    }
}
