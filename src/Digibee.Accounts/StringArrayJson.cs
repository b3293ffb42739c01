using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>Reads and writes an array of strings, for the list types that are values of their own.</summary>
internal static class StringArrayJson
{
    public static string[] Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException();
        }

        var items = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            // A number or null inside would otherwise be an InvalidOperationException that quotes the token.
            items.Add(reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException());
        }

        return [.. items];
    }

    public static void Write(Utf8JsonWriter writer, IReadOnlyList<string> items)
    {
        writer.WriteStartArray();
        for (var i = 0; i < items.Count; i++)
        {
            writer.WriteStringValue(items[i]);
        }

        writer.WriteEndArray();
    }
}
