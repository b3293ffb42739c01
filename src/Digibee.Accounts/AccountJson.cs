using System.Text.Json;
using System.Text.Json.Serialization;

namespace Digibee.Accounts;

/// <summary>How accounts are written inside the seal and nowhere else: with their secrets. No discriminator, the sealed type id chooses.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    MaxDepth = AccountPayload.MaxDepth,
    UseStringEnumConverter = true,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(SealedSecretJsonConverter)])]
[JsonSerializable(typeof(ApiKeyAccount))]
[JsonSerializable(typeof(AwsV4Account))]
[JsonSerializable(typeof(BasicAccount))]
[JsonSerializable(typeof(CertificateChainAccount))]
[JsonSerializable(typeof(CustomAuthHeaderAccount))]
[JsonSerializable(typeof(GoogleKeyAccount))]
[JsonSerializable(typeof(KerberosAccount))]
[JsonSerializable(typeof(NtlmAccount))]
[JsonSerializable(typeof(OAuth2Account))]
[JsonSerializable(typeof(OAuthBearerAccount))]
[JsonSerializable(typeof(PrivateKeyAccount))]
[JsonSerializable(typeof(PublicKeyAccount))]
[JsonSerializable(typeof(SecretKeyAccount))]
[JsonSerializable(typeof(SmtpAccount))]
internal sealed partial class AccountJson : JsonSerializerContext;
