using System.Text;
using System.Text.Json;

namespace Digibee.Accounts;

public sealed class SealedSecretJsonConverterTests
{
    private static readonly JsonSerializerOptions Sealed = new() { Converters = { new SealedSecretJsonConverter() } };

    [Fact]
    public void Write_OfEveryCharacterOfAscii_IsTheJsonTextOfTheStandard()
    {
        // RFC 8259, section 7: what must be escaped, with the short forms for what people write.
        var ascii = new string([.. Enumerable.Range(0, 128).Select(static c => (char)c)]);
        var expected = new StringBuilder("\"");
        foreach (var c in ascii)
        {
            expected.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }

        var json = JsonSerializer.Serialize(new Secret(ascii), Sealed);

        json.Should().Be(expected.Append('"').ToString());
        JsonDocument.Parse(json).RootElement.GetString().Should().Be(ascii);
    }

    [Fact]
    public void Read_OfWhatWasWritten_GivesItBackForAnyText()
    {
        var random = new Random(20261125);
        for (var i = 0; i < 2_000; i++)
        {
            var text = random.GetString("a\"\\\n\r\t\0\u001F\u007Fü\u2028\uFFFD\u4E00", random.Next(40)) + (random.Next(2) == 0 ? "" : "\U0001F511");

            JsonSerializer.Deserialize<Secret>(JsonSerializer.Serialize(new Secret(text), Sealed), Sealed)!.Reveal().Should().Be(text);
        }
    }

    [Theory]
    [InlineData("\"\\u0041\\ud83d\\udd11\\/\\b\\f\"", "A\U0001F511/\b\f")]
    [InlineData("\"\"", "")]
    public void Read_OfEscapes_ResolvesThem(string json, string expected) => JsonSerializer.Deserialize<Secret>(json, Sealed)!.Reveal().Should().Be(expected);

    [Theory]
    [InlineData("5")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("true")]
    public void Read_OfAnythingElse_IsRefused(string json) =>
        FluentActions.Invoking(() => JsonSerializer.Deserialize<Secret>(json, Sealed)).Should().Throw<JsonException>();

    [Fact]
    public void Converters_OfTheSealedContext_AreNotThoseOfAnyOther()
    {
        AccountJson.Default.Options.Converters.Should().ContainSingle(static converter => converter is SealedSecretJsonConverter);
        JsonSerializerOptions.Default.GetConverter(typeof(Secret)).Should().BeOfType<RedactedSecretJsonConverter>();
    }
}
