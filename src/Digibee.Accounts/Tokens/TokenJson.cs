using System.Text.Json.Serialization;

namespace Digibee.Accounts;

/// <summary>How tokens are written inside the seal and nowhere else.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    MaxDepth = 4,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(SealedSecretJsonConverter)])]
[JsonSerializable(typeof(TokenSet))]
internal sealed partial class TokenJson : JsonSerializerContext;
