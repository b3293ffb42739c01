using System.Text;
using System.Web;

namespace Digibee.Accounts;

public sealed class FormContentTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("a b&c=d+e%f/g?h#i")]
    [InlineData("é€😀\u0000\r\n")]
    [InlineData("")]
    public async Task Add_OfAnyText_ComesBackFromAnotherParser(string text)
    {
        using var form = new FormContent();
        form.Add("name", text);
        form.Add("secret", new Secret(text));
        form.Add("none", (string?)null);

        var sent = await form.ReadAsStringAsync();

        var parsed = HttpUtility.ParseQueryString(sent, Encoding.UTF8);
        parsed.AllKeys.Should().Equal("name", "secret");
        parsed["name"].Should().Be(text);
        parsed["secret"].Should().Be(text);
        form.Headers.ContentLength.Should().Be(sent.Length);
        form.Headers.ContentType!.ToString().Should().Be("application/x-www-form-urlencoded");
    }

    [Fact]
    public void Encode_OfTheExampleOfRfc6749_IsAsItSays()
    {
        // Appendix B: space, percent, ampersand, plus, pound, euro.
        using var output = new SecretBufferWriter();

        FormContent.Encode(" %&+£€"u8, output);

        using var buffer = output.ToSecretBuffer();
        Encoding.ASCII.GetString(buffer.Span).Should().Be("+%25%26%2B%C2%A3%E2%82%AC");
    }
}
