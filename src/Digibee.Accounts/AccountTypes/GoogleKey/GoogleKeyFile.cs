using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>A service account's key as Google hands it out: one JSON object.</summary>
internal static class GoogleKeyFile
{
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 8 };

    public static void Inspect(ReadOnlySpan<byte> utf8Json, AccountInspection inspection, string field)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8Json, Strict);
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                Inspect(ref reader, inspection, field);
                return;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or half of a surrogate pair. The framework's message quotes the input.
        }

        inspection.Refuse(field, "it is not a JSON object. Paste the whole key file as it was downloaded.");
    }

    private static void Inspect(ref Utf8JsonReader reader, AccountInspection inspection, string field)
    {
        var members = new Dictionary<string, string?>(StringComparer.Ordinal);
        var hasPrivateKey = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = reader.GetString()!;
            reader.Read();
            var isPrivateKey = member == "private_key";
            if (!members.TryAdd(member, !isPrivateKey && reader.TokenType == JsonTokenType.String ? reader.GetString() : null))
            {
                inspection.Refuse(field, "it has a member twice. Paste the key file as it was downloaded.");
                return;
            }

            hasPrivateKey |= isPrivateKey && HoldsPrivateKey(ref reader);
            reader.Skip();
        }

        // Throws when anything but white space follows.
        reader.Read();
        Judge(members, hasPrivateKey, inspection, field);
    }

    private static void Judge(Dictionary<string, string?> members, bool hasPrivateKey, AccountInspection inspection, string field)
    {
        if (members.TryGetValue("type", out var type) && type != "service_account")
        {
            inspection.Refuse(field, "its \"type\" is not \"service_account\". Create a key for a service account and paste that.");
            return;
        }

        var clientEmail = members.GetValueOrDefault("client_email");
        if (string.IsNullOrEmpty(clientEmail))
        {
            inspection.Refuse(field, "it has no \"client_email\". Paste the whole key file as it was downloaded.");
        }

        if (!hasPrivateKey)
        {
            inspection.Refuse(field, "it has no \"private_key\" that is a PEM private key. Paste the whole key file as it was downloaded.");
        }

        if (members.TryGetValue("token_uri", out var tokenUri) && !(Uri.TryCreate(tokenUri, UriKind.Absolute, out var uri) && new TokenEndpoint(uri, IsFromData: true).IsConfidential))
        {
            inspection.Refuse(field, "its \"token_uri\" is not an https URI. Paste the key file as it was downloaded.");
        }

        inspection.Note("clientEmail", clientEmail ?? "");
        inspection.Note("keyId", members.GetValueOrDefault("private_key_id") ?? "");
        inspection.Note("projectId", members.GetValueOrDefault("project_id") ?? "");
    }

    // By its label; the key itself is read by whoever signs with it.
    private static bool HoldsPrivateKey(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return false;
        }

        using var pem = new SecretBuffer(reader.ValueSpan.Length, reader.ValueSpan.Length);
        return PemContent.Of(pem.Span[..reader.CopyString(pem.Span)]) is { PrivateKeys: > 0, IsBroken: false };
    }
}
