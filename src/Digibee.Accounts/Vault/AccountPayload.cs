using System.Collections.Frozen;
using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Digibee.Accounts;

/// <summary>An account as the JSON that is sealed, and back: the version, then the type's own fields. The name is what the seal binds, everything else is metadata, so nothing is there twice.</summary>
internal static class AccountPayload
{
    /// <summary>The most bytes that can be sealed. <see cref="Account.Inspect"/> reports an account that takes more.</summary>
    public const int MaxLength = 1_048_575;

    public const int MaxDepth = 8;

    // A property that restricts (and would do harm when an older version ignores it) raises it; others do not.
    private const int Version = 1;

    private static readonly FrozenDictionary<AccountType, JsonTypeInfo> TypeInfos = new Dictionary<AccountType, JsonTypeInfo>
    {
        [AccountType.ApiKey] = AccountJson.Default.ApiKeyAccount,
        [AccountType.AwsV4] = AccountJson.Default.AwsV4Account,
        [AccountType.Basic] = AccountJson.Default.BasicAccount,
        [AccountType.CertificateChain] = AccountJson.Default.CertificateChainAccount,
        [AccountType.CustomAuthHeader] = AccountJson.Default.CustomAuthHeaderAccount,
        [AccountType.GoogleKey] = AccountJson.Default.GoogleKeyAccount,
        [AccountType.Kerberos] = AccountJson.Default.KerberosAccount,
        [AccountType.Ntlm] = AccountJson.Default.NtlmAccount,
        [AccountType.OAuth2] = AccountJson.Default.OAuth2Account,
        [AccountType.OAuthBearer] = AccountJson.Default.OAuthBearerAccount,
        [AccountType.PrivateKey] = AccountJson.Default.PrivateKeyAccount,
        [AccountType.PublicKey] = AccountJson.Default.PublicKeyAccount,
        [AccountType.SecretKey] = AccountJson.Default.SecretKeyAccount,
        [AccountType.Smtp] = AccountJson.Default.SmtpAccount,
    }.ToFrozenDictionary();

    /// <summary>Gives the properties that a type adds to every account's own.</summary>
    public static IEnumerable<JsonPropertyInfo> PropertiesOf(AccountType type) => TypeInfos[type].Properties.Where(static property => property.DeclaringType != typeof(Account) && property.Get is not null);

    /// <summary>Makes an account of a document that stands for a person's input, name included.</summary>
    /// <exception cref="ArgumentException">A property is what it can never be; the parameter's name is the property's.</exception>
    /// <exception cref="JsonException">A property is missing or of another kind.</exception>
    public static Account? Create(AccountType type, ReadOnlySpan<byte> utf8Json) => (Account?)JsonSerializer.Deserialize(utf8Json, TypeInfos[type]);

    /// <summary>Writes an account that <see cref="Account.Inspect"/> found no problem with.</summary>
    public static SecretBuffer Write(Account account)
    {
        using var output = new SecretBufferWriter();
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
        {
            writer.WriteStartObject();
            writer.WriteNumber("v"u8, Version);
            foreach (var property in TypeInfos[account.Type].Properties)
            {
                // The name and the metadata; and what is left out is what its getter gives by default.
                if (property.DeclaringType != typeof(Account) && property.Get!(account) is { } value and not NameList { Count: 0 })
                {
                    writer.WritePropertyName(property.Name);
                    JsonSerializer.Serialize(writer, value, AccountJson.Default.Options.GetTypeInfo(property.PropertyType));
                }
            }

            writer.WriteEndObject();
        }

        return output.ToSecretBuffer();
    }

    /// <summary>Reads a payload as the type that the seal bound; <see langword="null"/> when it is not an account of this version. Never throws for any input.</summary>
    public static Account? TryRead(AccountType type, string name, AccountMetadata metadata, ReadOnlySpan<byte> utf8Json)
    {
        if (utf8Json.Length is 0 or > MaxLength || !AccountAddress.IsPart(name))
        {
            return null;
        }

        try
        {
            return HasVersion(utf8Json) && Read(TypeInfos[type], name, utf8Json) is { } account
                ? account with { Description = metadata.Description, ExpiresAt = metadata.ExpiresAt, AllowedOrigins = metadata.Origins, Projects = metadata.Projects }
                : null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The serializer throws half a dozen types, with pieces of the input in their messages: none of them goes any further.
            return null;
        }
    }

    /// <summary>Gives an account with secrets of its own, as it would come out of the store.</summary>
    public static Account Copy(Account account, AccountMetadata metadata)
    {
        using var payload = Write(account);
        return TryRead(account.Type, account.Name, metadata, payload.Span) ?? throw new UnreachableException();
    }

    private static Account? Read(JsonTypeInfo typeInfo, string name, ReadOnlySpan<byte> utf8Json)
    {
        // A required property can only be read from the document, so the name goes in as its first. Its grammar needs no escapes.
        var start = $$"""{"name":"{{name}}",""";
        using var document = new SecretBuffer(start.Length + utf8Json.Length - 1, start.Length + utf8Json.Length - 1);
        Encoding.ASCII.GetBytes(start, document.Span);
        utf8Json[1..].CopyTo(document.Span[start.Length..]);
        return (Account?)JsonSerializer.Deserialize(document.Span, typeInfo);
    }

    // The version comes first, right after the brace, and once: to the serializer it is an unknown property, which it would ignore and not count.
    private static bool HasVersion(ReadOnlySpan<byte> utf8Json)
    {
        var reader = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = MaxDepth });
        if (utf8Json[0] != (byte)'{'
            || !reader.Read()
            || !reader.Read() || !reader.ValueTextEquals("v"u8)
            || !reader.Read() || reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out var version) || version != Version)
        {
            return false;
        }

        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("v"u8))
            {
                return false;
            }
        }

        return true;
    }
}
