using System.Text.Json;
using System.Text.Json.Serialization;

namespace Digibee.Accounts;

/// <summary>What every serializer but the vault's own sees of a <see cref="Secret"/>: three stars out, nothing in.</summary>
internal sealed class RedactedSecretJsonConverter : JsonConverter<Secret>
{
    public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("A Secret cannot be read from JSON. Save the account through IAccountVault.");

    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) => writer.WriteStringValue(Secret.Redacted);
}
