using System.Text.Json;
using System.Text.Json.Serialization;

namespace Digibee.Accounts;

/// <summary>What every serializer but the vault's own sees of a <see cref="Secret"/>: three stars out, nothing in.</summary>
/// <remarks>Public because the serializers that programs generate for themselves make it.</remarks>
public sealed class RedactedSecretJsonConverter : JsonConverter<Secret>
{
    /// <inheritdoc/>
    public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("A Secret cannot be read from JSON. Save the account through IAccountVault.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) => writer.WriteStringValue(Secret.Redacted);
}
