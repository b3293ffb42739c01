using System.Text.Encodings.Web;
using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>Writes accounts under the platform's names, secrets in clear, in memory that is wiped.</summary>
internal static class PlatformJsonWriter
{
    private static readonly JsonWriterOptions Indented = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true, NewLine = "\n" };

    public static SecretBuffer Write(IEnumerable<Account> accounts)
    {
        using var output = new SecretBufferWriter();
        using (var writer = new Utf8JsonWriter(output, Indented))
        {
            writer.WriteStartArray();
            foreach (var account in accounts)
            {
                Write(writer, account);
            }

            writer.WriteEndArray();
        }

        return output.ToSecretBuffer();
    }

    private static void Write(Utf8JsonWriter writer, Account account)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, account.Name);
        writer.WriteString("type"u8, account.Type.Slug);
        if (account.Description is not null)
        {
            writer.WriteString("description"u8, account.Description);
        }

        if (account.ExpiresAt is { } expiresAt)
        {
            writer.WriteString("expiresAt"u8, expiresAt);
        }

        WriteList(writer, "allowedOrigins", account.AllowedOrigins);
        WriteList(writer, "projects", account.Projects);
        foreach (var field in AccountFields.Of(account.Type))
        {
            Write(writer, account, field);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Account account, AccountField field)
    {
        var name = field.Name.ToUpperInvariant();
        if (account is SmtpAccount { Tls: not SmtpTls.Implicit } mail && field.PropertyName == nameof(SmtpAccount.Tls))
        {
            writer.WriteString(PlatformMail.StartTls, mail.Tls == SmtpTls.StartTls ? "true" : "false");
        }
        else if (field.SecretOf(account) is { } secret)
        {
            writer.WritePropertyName(name);
            JsonSerializer.Serialize(writer, secret, AccountJson.Default.Options.GetTypeInfo(typeof(Secret)));
        }
        else if (field.ListOf(account) is { } list)
        {
            WriteList(writer, name, list);
        }
        else if (field.TextOf(account) is { } text)
        {
            writer.WriteString(name, text);
        }
    }

    private static void WriteList(Utf8JsonWriter writer, string name, IReadOnlyList<string> entries)
    {
        if (entries.Count > 0)
        {
            writer.WritePropertyName(name);
            StringArrayJson.Write(writer, entries);
        }
    }
}
