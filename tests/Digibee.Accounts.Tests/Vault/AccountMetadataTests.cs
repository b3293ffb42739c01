using System.Text;

namespace Digibee.Accounts;

public sealed class AccountMetadataTests
{
    private const string Golden =
        """{"v":1,"description":"Für die \"Tests\"","expiresAt":"2031-02-03T04:05:06+02:00","knownExpiry":"2030-01-01T00:00:00+00:00","origins":["https://api.example","https://*.shop.example:8443"],"projects":["alpha","beta"],"facts":{"clientEmail":"robot@project.example","keyId":"k1"}}""";

    private static readonly AccountMetadata Full = new()
    {
        Description = "Für die \"Tests\"",
        ExpiresAt = new DateTimeOffset(2031, 2, 3, 4, 5, 6, TimeSpan.FromHours(2)),
        KnownExpiry = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Origins = ["https://api.example", "https://*.shop.example:8443"],
        Projects = ["alpha", "beta"],
        Facts = new AccountFacts([new("keyId", "k1"), new("clientEmail", "robot@project.example")]),
    };

    public static TheoryData<string> Slugs => AccountSamples.Slugs;

    [Fact]
    public void ToUtf8Json_OfEverything_IsTheGoldenTextToTheByte() => Encoding.UTF8.GetString(Full.ToUtf8Json()).Should().Be(Golden);

    [Fact]
    public void ToUtf8Json_OfNothing_IsTheVersionAlone() => Encoding.UTF8.GetString(new AccountMetadata().ToUtf8Json()).Should().Be("""{"v":1}""");

    [Fact]
    public void TryParse_OfTheGoldenText_GivesEverything() => Parse(Golden).Should().Be(Full);

    [Fact]
    public void TryParse_OfTheVersionAlone_GivesDefaults() => Parse(""" { "v" : 1 } """).Should().Be(new AccountMetadata { Projects = [], Origins = [] });

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Of_AnInspectedAccount_ComesBackFromItsBytes(string slug)
    {
        var account = AccountSamples.Full(slug);
        var inspection = account.Inspected();
        inspection.KnownExpiry = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

        var metadata = AccountMetadata.Of(account, inspection);

        AccountMetadata.TryParse(metadata.ToUtf8Json()).Should().Be(metadata);
        metadata.Description.Should().Be(account.Description);
        metadata.ExpiresAt.Should().Be(account.ExpiresAt);
        metadata.KnownExpiry.Should().Be(inspection.KnownExpiry);
        metadata.Origins.Should().Equal(account.AllowedOrigins);
        metadata.Projects.Should().Equal(account.Projects);
        metadata.Facts.Should().BeEquivalentTo(inspection.Facts);
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Of_AnyAccount_HoldsNoSecret(string slug) =>
        Encoding.UTF8.GetString(AccountMetadata.Of(AccountSamples.Full(slug), AccountSamples.Full(slug).Inspected()).ToUtf8Json())
            .Should().NotContainAny(AccountSamples.Secret, "YzRuNHJ5", "jNG40cn");

    [Fact]
    public void TryParse_OfAnUnknownProperty_IgnoresIt() => Parse("""{"v":1,"later":{"a":[{"b":1}]},"description":"d"}""").Should().Be(new AccountMetadata { Description = "d" });

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"description":"d"}""")]
    [InlineData("""{"description":"d","v":1}""")]
    [InlineData("""{"v":2}""")]
    [InlineData("""{"v":"1"}""")]
    [InlineData("""{"v":1,"v":1}""")]
    [InlineData("""{"v":1}x""")]
    [InlineData("""{"v":1}{}""")]
    [InlineData("""{"v":1,}""")]
    [InlineData("""{"v":1,"description":"d","description":"d"}""")]
    [InlineData("""{"v":1,"later":1,"later":1}""")]
    [InlineData("""{"v":1,"description":null}""")]
    [InlineData("""{"v":1,"description":5}""")]
    [InlineData("""{"v":1,"description":"\ud83d"}""")]
    [InlineData("""{"v":1,"expiresAt":"tomorrow"}""")]
    [InlineData("""{"v":1,"expiresAt":1}""")]
    [InlineData("""{"v":1,"knownExpiry":"2030-13-01T00:00:00Z"}""")]
    [InlineData("""{"v":1,"origins":"https://a.example"}""")]
    [InlineData("""{"v":1,"origins":["a.example"]}""")]
    [InlineData("""{"v":1,"origins":[null]}""")]
    [InlineData("""{"v":1,"origins":[["https://a.example"]]}""")]
    [InlineData("""{"v":1,"projects":[""]}""")]
    [InlineData("""{"v":1,"projects":["a\n"]}""")]
    [InlineData("""{"v":1,"projects":{}}""")]
    [InlineData("""{"v":1,"facts":[]}""")]
    [InlineData("""{"v":1,"facts":{"a":1}}""")]
    [InlineData("""{"v":1,"facts":{"a":"1","a":"1"}}""")]
    [InlineData("""{"v":1,"later":[[[[[[[[[]]]]]]]]]}""")]
    public void TryParse_OfWhatIsNoMetadata_IsNull(string json) => Parse(json).Should().BeNull();

    [Fact]
    public void TryParse_OfBytesThatAreNoUtf8_IsNull() => AccountMetadata.TryParse([.. "{\"v\":1,\"description\":\""u8, 0xFF, .. "\"}"u8]).Should().BeNull();

    [Fact]
    public void TryParse_OfTheLargestMetadata_ReadsItAndNotOneByteMore()
    {
        var largest = Encoding.UTF8.GetBytes("""{"v":1}""".PadRight(16_384));

        AccountMetadata.TryParse(largest).Should().NotBeNull();
        AccountMetadata.TryParse([.. largest, (byte)' ']).Should().BeNull();
    }

    private static AccountMetadata? Parse(string json) => AccountMetadata.TryParse(Encoding.UTF8.GetBytes(json));
}
