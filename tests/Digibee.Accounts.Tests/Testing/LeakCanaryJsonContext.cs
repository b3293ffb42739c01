using System.Text.Json.Serialization;

namespace Digibee.Accounts;

/// <summary>A program's own generated serializer, which knows nothing of the vault's.</summary>
[JsonSourceGenerationOptions(IncludeFields = true)]
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
internal sealed partial class LeakCanaryJsonContext : JsonSerializerContext;
