using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>One variable of a Postman environment.</summary>
internal sealed class PostmanVariable(int position)
{
    public int Position { get; } = position;

    public string Key { get; private set; } = "";

    /// <summary>Gets the value; <see langword="null"/> when it is no text. Held as a secret, marked as one or not.</summary>
    public Secret? Value { get; private set; }

    public bool IsSecret { get; private set; }

    public bool IsEnabled { get; private set; } = true;

    public void Read(string? property, ref Utf8JsonReader reader)
    {
        switch (property)
        {
            case "key" when reader.TokenType == JsonTokenType.String:
                Key = reader.GetString()!;
                break;
            case "value" when reader.TokenType == JsonTokenType.String:
                Value = (Secret)JsonSerializer.Deserialize(ref reader, AccountJson.Default.Options.GetTypeInfo(typeof(Secret)))!;
                break;
            case "type" when reader.TokenType == JsonTokenType.String:
                IsSecret = reader.ValueTextEquals("secret"u8);
                break;
            case "enabled" when reader.TokenType is JsonTokenType.True or JsonTokenType.False:
                IsEnabled = reader.GetBoolean();
                break;
        }
    }
}
