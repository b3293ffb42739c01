using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>Writes metadata, always in the same order, and leaves out what is not known: <c>{"v":1,"description","expiresAt","knownExpiry","origins","projects","facts"}</c>.</summary>
internal static class AccountMetadataWriter
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(AccountMetadata metadata)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(output, Compact);
        writer.WriteStartObject();
        writer.WriteNumber("v"u8, AccountMetadata.Version);
        if (metadata.Description is not null)
        {
            writer.WriteString("description"u8, metadata.Description);
        }

        WriteTime(writer, "expiresAt"u8, metadata.ExpiresAt);
        WriteTime(writer, "knownExpiry"u8, metadata.KnownExpiry);
        WriteList(writer, "origins"u8, metadata.Origins);
        WriteList(writer, "projects"u8, metadata.Projects);
        WriteFacts(writer, metadata.Facts);
        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    private static void WriteTime(Utf8JsonWriter writer, ReadOnlySpan<byte> property, DateTimeOffset? time)
    {
        if (time is { } value)
        {
            writer.WriteString(property, value);
        }
    }

    private static void WriteList(Utf8JsonWriter writer, ReadOnlySpan<byte> property, IReadOnlyList<string> items)
    {
        if (items.Count > 0)
        {
            writer.WritePropertyName(property);
            StringArrayJson.Write(writer, items);
        }
    }

    private static void WriteFacts(Utf8JsonWriter writer, AccountFacts facts)
    {
        if (facts.Count == 0)
        {
            return;
        }

        writer.WriteStartObject("facts"u8);
        foreach (var (name, value) in facts)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
    }
}
