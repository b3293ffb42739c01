using System.Text.Json;

namespace Digibee.Accounts;

public sealed class AllowedOriginsTests
{
    [Theory]
    [InlineData("https://api.crm.example", "https://api.crm.example")]
    [InlineData("HTTPS://API.Crm.Example", "https://api.crm.example")]
    [InlineData("https://api.crm.example:443", "https://api.crm.example")]
    [InlineData("https://api.crm.example.", "https://api.crm.example")]
    [InlineData("https://api.crm.example:8443", "https://api.crm.example:8443")]
    [InlineData("http://intranet:8080", "http://intranet:8080")]
    [InlineData("http://intranet:80", "http://intranet")]
    [InlineData("http://intranet:443", "http://intranet:443")]
    [InlineData("https://*.shop.example", "https://*.shop.example")]
    [InlineData("https://*.Shop.Example.:8443", "https://*.shop.example:8443")]
    [InlineData("https://gööd.example", "https://xn--gd-fkaa.example")]
    [InlineData("https://a\u3002example", "https://a.example")]
    [InlineData("https://my_host.example", "https://my_host.example")]
    [InlineData("https://192.0.2.1", "https://192.0.2.1")]
    [InlineData("https://0x7f.1", "https://127.0.0.1")]
    [InlineData("https://2130706433", "https://127.0.0.1")]
    [InlineData("https://[2001:DB8:0::1]:8443", "https://[2001:db8::1]:8443")]
    [InlineData("https://[::ffff:7f00:1]", "https://[::ffff:127.0.0.1]")]
    [InlineData("https://*", "https://*")]
    public void Create_OfAnOrigin_WritesItInOneForm(string text, string expected)
    {
        AllowedOrigins origins = [text];

        origins.Should().Equal(expected);
        AllowedOrigins.Create([expected]).Equals(origins).Should().BeTrue();
        AllowedOrigins.Create([expected]).GetHashCode().Should().Be(origins.GetHashCode());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("api.crm.example")]
    [InlineData("//api.crm.example")]
    [InlineData("https:api.crm.example")]
    [InlineData("https:/api.crm.example")]
    [InlineData("ftp://api.crm.example")]
    [InlineData("smtp://mail.example:587")]
    [InlineData("https://")]
    [InlineData("https://:443")]
    [InlineData("https://api.crm.example/")]
    [InlineData("https://api.crm.example/v1")]
    [InlineData("https://api.crm.example?x")]
    [InlineData("https://api.crm.example#x")]
    [InlineData("https://user:c4n4ry@api.crm.example")]
    [InlineData("https://c4n4ry@api.crm.example")]
    [InlineData("https://@api.crm.example")]
    [InlineData("https://good.example\\@evil.example")]
    [InlineData("https://good%2eexample")]
    [InlineData("https://good.example\n")]
    [InlineData(" https://good.example")]
    [InlineData("https://good.example ")]
    [InlineData("https://good.example\u00A0")]
    [InlineData("https://good.example\t")]
    [InlineData("https://good..example")]
    [InlineData("https://good.example..")]
    [InlineData("https://.example")]
    [InlineData("https://good.example:65536")]
    [InlineData("https://good.example:x")]
    [InlineData("https://good.example:-1")]
    [InlineData("https://0x7f.1.")]
    [InlineData("https://256.1.1.1")]
    [InlineData("https://1.2.3.4.5")]
    [InlineData("https://a.0xff")]
    [InlineData("https://[fe80::1%25eth0]")]
    [InlineData("https://[::1")]
    [InlineData("https://a\u200Db.example")]
    [InlineData("https://a\u00ADb.example")]
    [InlineData("https://a\u2028.example")]
    [InlineData("https://*example.com")]
    [InlineData("https://xn--ü.example")]
    [InlineData("https://a.*.example")]
    [InlineData("https://**.example.com")]
    [InlineData("https://*.*.example.com")]
    [InlineData("https://*.")]
    [InlineData("https://*:8443")]
    [InlineData("https://*.com")]
    [InlineData("https://*.com.")]
    [InlineData("https://*.localhost")]
    [InlineData("https://*.com\u3002")]
    [InlineData("https://*.192.0.2.1")]
    [InlineData("https://*.2.1")]
    [InlineData("https://*.[::ffff:192.0.2.1]")]
    [InlineData("http://*.shop.example")]
    [InlineData("http://*")]
    [InlineData("*")]
    public void Create_OfAnythingElse_GivesThePositionAndNotTheText(string? text) =>
        FluentActions.Invoking(() => AllowedOrigins.Create(["https://a.example", text!])).Should().Throw<ArgumentException>().WithParameterName("origins")
            .Which.Message.Should().StartWith("Origin 2 is not usable: ").And.NotContainAny("c4n4ry", "evil", "crm");

    [Fact]
    public void Create_OfAnyLength_IsBounded() =>
        FluentActions.Invoking(() => AllowedOrigins.Create(["https://" + string.Concat(Enumerable.Repeat("a.", 5_000_000)) + "example"])).Should().Throw<ArgumentException>();

    [Theory]
    [InlineData("https://good.example/", true)]
    [InlineData("https://good.example:443/path?x=1#y", true)]
    [InlineData("https://GOOD.example", true)]
    [InlineData("https://good.example.", true)]
    [InlineData("https://good\u3002example", true)]
    [InlineData("https://good@evil.example", false)]
    [InlineData("https://good.example@evil.example/", false)]
    [InlineData("https://user@good.example/", false)]
    [InlineData("https://user:c4n4ry@good.example/", false)]
    [InlineData("https://good.example.attacker.example", false)]
    [InlineData("https://good.example..", false)]
    [InlineData("https://evil-good.example", false)]
    [InlineData("https://a.good.example", false)]
    [InlineData("https://example", false)]
    [InlineData("http://good.example", false)]
    [InlineData("http://good.example:443", false)]
    [InlineData("https://good.example:8443", false)]
    [InlineData("https://good.examp1e", false)]
    [InlineData("https://g\u043E\u043Ed.example", false)]
    [InlineData("wss://good.example", false)]
    [InlineData("ftp://good.example", false)]
    public void Contains_OfAUri_ComparesSchemeHostAndPortAlone(string uri, bool isIn)
    {
        AllowedOrigins origins = ["https://good.example"];

        // What is no URI at all cannot be sent to either.
        (Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && origins.Contains(parsed)).Should().Be(isIn);
    }

    [Theory]
    [InlineData("https://127.0.0.1", true)]
    [InlineData("https://2130706433", true)]
    [InlineData("https://0x7f.0.0.1", true)]
    [InlineData("https://0177.0.0.1", true)]
    [InlineData("https://127.1", true)]
    [InlineData("https://127.0.0.1.", true)]
    [InlineData("https://0x7f.1.", false)]
    [InlineData("https://[::ffff:127.0.0.1]", false)]
    [InlineData("https://localhost", false)]
    [InlineData("https://127.0.0.1.attacker.example", false)]
    public void Contains_OfAnAddressHoweverItIsWritten_ComparesTheAddress(string uri, bool isIn)
    {
        AllowedOrigins origins = ["https://127.0.0.1"];

        origins.Contains(new Uri(uri)).Should().Be(isIn);
    }

    [Theory]
    [InlineData("https://[::1]", true)]
    [InlineData("https://[0:0:0:0:0:0:0:1]", true)]
    [InlineData("https://[::0001]:443", true)]
    [InlineData("https://[::2]", false)]
    [InlineData("https://[::1]:8443", false)]
    public void Contains_OfAnIPv6AddressHoweverItIsWritten_ComparesTheAddress(string uri, bool isIn)
    {
        AllowedOrigins origins = ["https://[::1]"];

        origins.Contains(new Uri(uri)).Should().Be(isIn);
    }

    [Theory]
    [InlineData("https://a.shop.example", true)]
    [InlineData("https://a.b.shop.example", true)]
    [InlineData("https://A.SHOP.example.", true)]
    [InlineData("https://a\u3002shop\u3002example", true)]
    [InlineData("https://shop.example", false)]
    [InlineData("https://ashop.example", false)]
    [InlineData("https://a.shop.example.attacker.example", false)]
    [InlineData("https://a.shop.example:8443", false)]
    [InlineData("http://a.shop.example", false)]
    [InlineData("https://.shop.example", false)]
    public void Contains_OfAWildcard_TakesOneOrMoreLabels(string uri, bool isIn)
    {
        AllowedOrigins origins = ["https://*.shop.example"];

        (Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && origins.Contains(parsed)).Should().Be(isIn);
    }

    [Theory]
    [InlineData("https://anything.example:8443/x", true)]
    [InlineData("https://192.0.2.1", true)]
    [InlineData("http://anything.example", false)]
    [InlineData("https://user@anything.example", false)]
    public void Contains_OfAny_TakesEveryHttpsOrigin(string uri, bool isIn) => AllowedOrigins.Any.Contains(new Uri(uri)).Should().Be(isIn);

    [Theory]
    [InlineData("https://a.example", true)]
    [InlineData("https://b.shop.example", false)]
    [InlineData("https://c.example", false)]
    public void AllowsLiterally_OfAnOrigin_LeavesOutWildcardsAndAny(string uri, bool isLiteral)
    {
        AllowedOrigins origins = ["https://a.example", "https://*.shop.example", "https://*"];
        Origin.TryCreate(new Uri(uri), out var origin).Should().BeTrue();

        origins.Allows(origin).Should().BeTrue();
        origins.AllowsLiterally(origin).Should().Be(isLiteral);
    }

    [Fact]
    public void Contains_OfARelativeUri_IsFalse() => AllowedOrigins.Any.Contains(new Uri("/x", UriKind.Relative)).Should().BeFalse();

    [Fact]
    public void Contains_OfNull_IsRefused() => FluentActions.Invoking(() => AllowedOrigins.Any.Contains(null!)).Should().Throw<ArgumentNullException>();

    [Fact]
    public void Contains_OfAHostWithoutIdnaForm_IsFalse()
    {
        var uri = new Uri("https://xn--ü.example");
        uri.Invoking(static uri => uri.IdnHost).Should().Throw<UriFormatException>();

        AllowedOrigins.Any.Contains(uri).Should().BeFalse();
    }

    [Fact]
    public void None_AndAnEmptyExpression_AreTheSame()
    {
        AllowedOrigins none = [];

        none.Should().BeSameAs(AllowedOrigins.None);
        none.Contains(new Uri("https://a.example")).Should().BeFalse();
    }

    [Fact]
    public void Equals_OfLists_ComparesContentAndOrder()
    {
        AllowedOrigins origins = ["https://a.example", "https://*.b.example"], same = ["HTTPS://A.example:443", "https://*.B.example"];
        AllowedOrigins[] others = [["https://*.b.example", "https://a.example"], ["https://a.example"], ["https://a.example", "https://b.example"], AllowedOrigins.Any, []];

        origins.Equals(same).Should().BeTrue();
        origins.Equals((object)same).Should().BeTrue();
        origins.ToString().Should().Be("https://a.example, https://*.b.example");
        others.Should().NotContain(other => origins.Equals(other));
        origins.Equals(null).Should().BeFalse();
    }

    [Fact]
    public void Json_OfAList_IsAnArrayBothWays()
    {
        JsonSerializer.Serialize<AllowedOrigins>(["https://a.example", "https://*"]).Should().Be("""["https://a.example","https://*"]""");
        JsonSerializer.Deserialize<AllowedOrigins>("""["https://A.example"]""").Should().Equal("https://a.example");
        FluentActions.Invoking(() => JsonSerializer.Deserialize<AllowedOrigins>("\"c4n4ry\"")).Should().Throw<JsonException>().Which.Message.Should().NotContain("c4n4ry");
    }
}
