using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>One stored row as a line of JSON: <c>{"v":1,"name","type","partition","revision","metadata":{…},"sealed":"base64"}</c>. Metadata and payload are the row's own bytes, because the seal covers both.</summary>
internal static class SealedLine
{
    /// <summary>The most bytes of one line: the longest payload in base64, the longest metadata, and the rest.</summary>
    public const int MaxLength = 1_440_000;

    private const int Version = 1;

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = AccountPayload.MaxDepth };

    public static void Write(StoredRecord record, IBufferWriter<byte> output)
    {
        using (var writer = new Utf8JsonWriter(output, Compact))
        {
            writer.WriteStartObject();
            writer.WriteNumber("v"u8, Version);
            writer.WriteString("name"u8, record.Key.Name);
            writer.WriteString("type"u8, record.Type);
            writer.WriteString("partition"u8, record.Key.Partition);
            writer.WriteNumber("revision"u8, record.Revision);
            writer.WritePropertyName("metadata"u8);
            writer.WriteRawValue(record.Metadata.Span, skipInputValidation: true);
            writer.WriteBase64String("sealed"u8, record.Payload.Span);
            writer.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    /// <summary>Reads a line as the row it was; <see langword="null"/> when it is none. Never throws for any input.</summary>
    public static StoredRecord? TryRead(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line, Strict);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject ? Read(ref reader, line) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static StoredRecord? Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> line)
    {
        string? name = null, type = null, partition = null;
        int? version = null;
        long? revision = null;
        byte[]? metadata = null, payload = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var property = reader.GetString()!;
            if (!seen.Add(property))
            {
                return null;
            }

            reader.Read();
            switch (property)
            {
                case "v":
                    version = reader.GetInt32();
                    break;
                case "name":
                    name = reader.GetString();
                    break;
                case "type":
                    type = reader.GetString();
                    break;
                case "partition":
                    partition = reader.GetString();
                    break;
                case "revision":
                    revision = reader.GetInt64();
                    break;
                case "metadata":
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    metadata = line[start..(int)reader.BytesConsumed].ToArray();
                    break;
                case "sealed":
                    payload = reader.GetBytesFromBase64();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        // To look for one more token throws if anything but white space follows.
        return reader.Read() || version != Version || name is null || type is null || partition is null || revision is null || metadata is null || payload is null
            ? null
            : new StoredRecord
            {
                Key = new RecordKey(RecordKinds.Account, partition, name),
                Revision = revision.Value,
                Type = type,
                ExpiresAt = AccountMetadata.TryParse(metadata)?.EarliestExpiry,
                Metadata = metadata,
                Payload = payload,
            };
    }
}
