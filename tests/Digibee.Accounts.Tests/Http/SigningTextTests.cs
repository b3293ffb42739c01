using System.Globalization;
using System.Reflection;
using System.Text;

namespace Digibee.Accounts;

public sealed class SigningTextTests
{
    [Fact]
    public void Append_OfMoreThanThereIsRoomFor_KeepsWhatWasWritten()
    {
        var text = new SigningText();
        var expected = new StringBuilder();

        for (var i = 0; i < 10_000; i++)
        {
            text.Append($"{i};");
            expected.Append(CultureInfo.InvariantCulture, $"{i};");
        }

        Encoding.ASCII.GetString(text.Written).Should().Be(expected.ToString());
    }

    [Fact]
    public void Clear_AfterTextWasTakenBack_WipesAllOfIt()
    {
        var text = new SigningText();
        text.Append("before s3cr3t"u8);
        text.Truncate(7);
        text.Append("x"u8);

        text.Clear();

        text.Length.Should().Be(0);
        BytesOf(text).AsSpan(0, 13).ToArray().Should().OnlyContain(static b => b == 0);
    }

    [Fact]
    public void Clear_OfMoreThanIsKept_LetsGoOfIt()
    {
        var text = new SigningText();
        text.Append(new byte[100_000]);

        text.Clear();

        BytesOf(text).Length.Should().BeLessThan(16_385);
    }

    [Fact]
    public void AppendHex_OfBytes_WritesLowerCase()
    {
        var text = new SigningText();

        text.AppendHex([0x00, 0xAB, 0xFF]);

        Encoding.ASCII.GetString(text.Written).Should().Be("00abff");
    }

    private static byte[] BytesOf(SigningText text) => (byte[])typeof(SigningText).GetField("_bytes", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(text)!;
}
