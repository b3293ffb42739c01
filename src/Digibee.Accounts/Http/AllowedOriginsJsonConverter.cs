using System.Text.Json;
using System.Text.Json.Serialization;

namespace Digibee.Accounts;

/// <summary><see cref="AllowedOrigins"/> as an array of strings.</summary>
/// <remarks>Public because the serializers that programs generate for themselves make it.</remarks>
public sealed class AllowedOriginsJsonConverter : JsonConverter<AllowedOrigins>
{
    /// <inheritdoc/>
    public override AllowedOrigins Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        AllowedOrigins.Create(StringArrayJson.Read(ref reader));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, AllowedOrigins value, JsonSerializerOptions options) => StringArrayJson.Write(writer, value);
}
