using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>Reads what an account's object holds into a draft. A secret never becomes a string.</summary>
internal sealed class PlatformJsonFields(AccountDraft draft)
{
    private static readonly char[] Separators = [',', '\r', '\n'];

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly PlatformMail? _mail = draft.Type == AccountType.Smtp ? new() : null;

    public static bool IsName(string? property) => Is(property, "name") || Is(property, "label") || Is(property, "account-label");

    public static bool IsType(string? property) => Is(property, "type") || Is(property, "account-type");

    public void Read(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var property = reader.GetString()!;
            reader.Read();
            ReadProperty(property, ref reader);

            // To the end of an object or array that nobody read.
            reader.Skip();
        }

        _mail?.Complete(draft);
        Default(AccountType.ApiKey, nameof(ApiKeyAccount.Placement), nameof(ApiKeyPlacement.Query));
    }

    private static bool Is(string? property, string name) => property is not null && AccountFieldSpelling.AreEqual(property, name);

    private void ReadProperty(string property, ref Utf8JsonReader reader)
    {
        var field = AccountFieldSpelling.Find(draft.Type, property);
        if (!_seen.Add(field?.StoredName ?? property))
        {
            draft.Refuse(field?.PropertyName ?? Shown(property), "it stands there twice. Leave one out.");
            return;
        }

        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        if (field is { IsSecret: true })
        {
            ReadSecret(field, ref reader);
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            ReadList(property, field, Entries(ref reader));
        }
        else if (Text(ref reader) is { } text)
        {
            ReadText(property, field, text);
        }
        else
        {
            draft.Refuse(field?.PropertyName ?? Shown(property), "it is an object. Give one value, or an array of texts.");
        }
    }

    private void ReadSecret(AccountField field, ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            draft.Set(field, (Secret)JsonSerializer.Deserialize(ref reader, AccountJson.Default.Options.GetTypeInfo(typeof(Secret)))!);
        }
        else
        {
            draft.Refuse(field, "it is not a text. Write it in quotation marks.");
        }
    }

    private void ReadText(string property, AccountField? field, string text)
    {
        if (_mail?.TryTake(draft, property, text) == true || IsName(property) || IsType(property))
        {
            return;
        }

        if (field is not null && field.ClrType != typeof(NameList))
        {
            // The platform's forms keep a field that nobody filled in as an empty text.
            if (text.Length > 0 || field.IsRequired)
            {
                draft.Set(field, text);
            }
        }
        else if (Is(property, "description"))
        {
            draft.Description = text;
        }
        else if (Is(property, "expires-at") || Is(property, "expiration-date"))
        {
            ReadExpiry(text);
        }
        else
        {
            ReadList(property, field, Split(field, text));
        }
    }

    private void ReadList(string property, AccountField? field, string[] entries)
    {
        if (field is not null)
        {
            draft.Set(field, entries);
        }
        else if (Is(property, "allowed-origins"))
        {
            draft.SetOrigins(entries);
        }
        else if (Is(property, "projects"))
        {
            draft.SetProjects(entries);
        }
        else
        {
            draft.Refuse(Shown(property), $"type {draft.Type} has no such field. It has {string.Join(", ", AccountFields.Of(draft.Type).ToArray().Select(static field => field.Name.ToUpperInvariant()))}.");
        }
    }

    private void ReadExpiry(string text)
    {
        // As the platform shows it, then as everybody else writes it.
        if (DateTimeOffset.TryParseExact(text, "dd/MM/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiresAt)
            || DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out expiresAt))
        {
            draft.ExpiresAt = expiresAt;
        }
        else
        {
            draft.Refuse(nameof(Account.ExpiresAt), "it is not a date. Write it as 2027-01-31, 2027-01-31T12:00:00Z or 31/01/2027.");
        }
    }

    private void Default(AccountType type, string propertyName, string value)
    {
        if (draft.Type == type && AccountFieldSpelling.Find(type, propertyName) is { } field && !draft.Has(field))
        {
            draft.Set(field, value);
        }
    }

    // Scopes are written with commas on the platform and with spaces by everybody else; neither can stand in one.
    private static string[] Split(AccountField? field, string text) => field?.Name == "scopes"
        ? [.. GoogleKeyAccount.ParseScopes(text)]
        : text.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string[] Entries(ref Utf8JsonReader reader)
    {
        var entries = new List<string>();
        var depth = reader.CurrentDepth;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            // Anything but a text is no entry, and is reported as an empty one.
            entries.Add(reader.TokenType == JsonTokenType.String ? reader.GetString()! : "");
            reader.Skip();
        }

        return reader.CurrentDepth == depth ? [.. entries] : throw new JsonException();
    }

    private static string? Text(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => null,
    };

    // A name that could be one; anything else may be a value that slipped to the wrong side of a colon.
    private static string Shown(string property) =>
        property.Length is > 0 and <= 40 && property.All(static c => char.IsAsciiLetter(c) || c is '-' or '_' or ' ' or '.') ? property : "a field";
}
