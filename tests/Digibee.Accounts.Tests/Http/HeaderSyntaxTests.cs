namespace Digibee.Accounts;

public sealed class HeaderSyntaxTests
{
    [Fact]
    public void IsToken_OfOneCharacter_FollowsRfc9110()
    {
        var allowed = Enumerable.Range(0, 0x180).Where(static c => HeaderSyntax.IsToken([(char)c])).Select(static c => (char)c);

        allowed.Should().Equal("!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz|~");
        HeaderSyntax.IsToken("").Should().BeFalse();
    }

    [Fact]
    public void IsValue_WithEachCharacterInside_TakesVisibleAsciiSpaceAndTab()
    {
        var allowed = Enumerable.Range(0, 0x180).Where(static c => HeaderSyntax.IsValue(['a', (char)c, 'b'])).ToArray();

        allowed.Should().Equal([0x09, .. Enumerable.Range(0x20, 0x5F)]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" a")]
    [InlineData("a\t")]
    [InlineData("a\r\nX-Admin: 1")]
    [InlineData("a\rb")]
    [InlineData("a\0")]
    [InlineData("\u00e9")]
    public void IsValue_OfWhatCannotBeSent_IsFalse(string value) => HeaderSyntax.IsValue(value).Should().BeFalse();

    [Fact]
    public void IsCookieValue_WithEachCharacter_FollowsRfc6265()
    {
        var allowed = Enumerable.Range(0, 0x180).Where(static c => HeaderSyntax.IsCookieValue([(char)c])).ToArray();

        // cookie-octet = %x21 / %x23-2B / %x2D-3A / %x3C-5B / %x5D-7E
        allowed.Should().Equal([0x21, .. Enumerable.Range(0x23, 9), .. Enumerable.Range(0x2D, 14), .. Enumerable.Range(0x3C, 32), .. Enumerable.Range(0x5D, 34)]);
    }

    [Theory]
    [InlineData("Host")]
    [InlineData("CONTENT-LENGTH")]
    [InlineData("content-anything")]
    [InlineData("Transfer-Encoding")]
    [InlineData("Connection")]
    [InlineData("Proxy-Authorization")]
    [InlineData("Cookie")]
    [InlineData("Allow")]
    [InlineData("Expires")]
    [InlineData("Last-Modified")]
    public void IsReserved_OfAHeaderThatNoAccountMaySet_IsTrue(string name) => HeaderSyntax.IsReserved(name).Should().BeTrue();

    [Theory]
    [InlineData("Authorization")]
    [InlineData("X-Api-Key")]
    [InlineData("User-Agent")]
    [InlineData("ETag")]
    public void IsReserved_OfAnother_IsFalse(string name) => HeaderSyntax.IsReserved(name).Should().BeFalse();

    [Fact]
    public void IsReserved_OfEveryHeaderThatThePlatformDropsFromARequest_IsTrue()
    {
        // The names the platform knows, read from its own table: content headers are refused by the return value alone.
        var known = typeof(HttpClient).Assembly.GetType("System.Net.Http.Headers.KnownHeaders", throwOnError: true)!
            .GetFields(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public)
            .Select(static field => field.GetValue(null)!)
            .Select(static header => (string)header.GetType().GetProperty("Name")!.GetValue(header)!)
            .ToArray();
        known.Should().Contain("Authorization").And.HaveCountGreaterThan(50);

        using var message = new HttpRequestMessage();
        var dropped = known.Where(name => HeaderSyntax.IsToken(name) && !RawHeaders.TryAdd(message.Headers, name, "1")).ToArray();

        dropped.Should().Contain("Expires").And.OnlyContain(static name => HeaderSyntax.IsReserved(name));
    }
}
