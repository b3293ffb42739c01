using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>Reads metadata: the version first, no property twice, every known one of its kind, unknown ones ignored.</summary>
internal static class AccountMetadataReader
{
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = AccountPayload.MaxDepth };

    public static AccountMetadata? TryRead(ReadOnlySpan<byte> utf8Json)
    {
        if (utf8Json.Length is 0 or > AccountMetadata.MaxLength)
        {
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(utf8Json, Strict);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && HasVersion(ref reader) ? Read(ref reader) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            // Not JSON, a value of another kind, half of a surrogate pair, not a time, or not an origin or name.
            return null;
        }
    }

    private static bool HasVersion(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("v"u8)
        && reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var version) && version == AccountMetadata.Version;

    private static AccountMetadata? Read(ref Utf8JsonReader reader)
    {
        string? description = null;
        DateTimeOffset? expiresAt = null, knownExpiry = null;
        AllowedOrigins? origins = null;
        NameList? projects = null;
        AccountFacts? facts = null;
        var seen = new HashSet<string>(StringComparer.Ordinal) { "v" };
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
                case "description":
                    description = Text(ref reader);
                    break;
                case "expiresAt":
                    expiresAt = reader.GetDateTimeOffset();
                    break;
                case "knownExpiry":
                    knownExpiry = reader.GetDateTimeOffset();
                    break;
                case "origins":
                    origins = AllowedOrigins.Create(StringArrayJson.Read(ref reader));
                    break;
                case "projects":
                    projects = NameList.Create(StringArrayJson.Read(ref reader));
                    break;
                case "facts":
                    facts = Facts(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        // One more token there is not; to look for it throws if anything but white space follows.
        return reader.Read() ? null : new AccountMetadata
        {
            Description = description,
            ExpiresAt = expiresAt,
            KnownExpiry = knownExpiry,
            Origins = origins ?? AllowedOrigins.None,
            Projects = projects ?? NameList.Empty,
            Facts = facts ?? AccountFacts.Empty,
        };
    }

    private static string Text(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException();

    private static AccountFacts Facts(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (!facts.TryAdd(name, Text(ref reader)))
            {
                throw new JsonException();
            }
        }

        return new AccountFacts(facts);
    }
}
