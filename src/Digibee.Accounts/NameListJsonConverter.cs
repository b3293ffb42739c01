using System.Text.Json;
using System.Text.Json.Serialization;

namespace Digibee.Accounts;

/// <summary>A <see cref="NameList"/> as an array of strings.</summary>
/// <remarks>Public because the serializers that programs generate for themselves make it.</remarks>
public sealed class NameListJsonConverter : JsonConverter<NameList>
{
    /// <inheritdoc/>
    public override NameList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        NameList.Create(StringArrayJson.Read(ref reader));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, NameList value, JsonSerializerOptions options) => StringArrayJson.Write(writer, value);
}
