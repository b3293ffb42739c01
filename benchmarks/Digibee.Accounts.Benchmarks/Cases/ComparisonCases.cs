namespace Digibee.Accounts;

/// <summary>Every case there is, in alphabetical order. A new one is a file beside this and a line here.</summary>
internal static class ComparisonCases
{
    public static ComparisonCase[] All() =>
    [
        new ApiKeyQueryRequestCase(),
        new AwsV4Case("AWS V4 GET", bodyBytes: 0, isFloor: false),
        new AwsV4Case("AWS V4 GET, floor", bodyBytes: 0, isFloor: true),
        new AwsV4Case("AWS V4 POST 1 KiB", bodyBytes: 1_024, isFloor: false),
        new AwsV4Case("AWS V4 POST 1 KiB, floor", bodyBytes: 1_024, isFloor: true),
        new BasicRequestCase(),
        new BearerRequestCase(),
        new CustomHeaderRequestCase(),
        new KerberosTokenCase(),
        MessageSignatureCase.Hmac(),
        MessageSignatureCase.Ecdsa(),
        MessageSignatureCase.Rsa(),
        new MutualTlsRequestCase(),
        new NtlmRequestCase("NTLM request", closes: false),
        new NtlmRequestCase("NTLM sign-in", closes: true),
        new OAuth2RequestCase(),
        new OpenCase("open 256 B", 256),
        new OpenCase("open 1 KiB", 1_024),
        new OpenCase("open 4 KiB", 4_096),
        new SealCase("seal 256 B", 256),
        new SealCase("seal 1 KiB", 1_024),
        new SealCase("seal 4 KiB", 4_096),
        new SignCase("sign Ed25519, floor", SignatureAlgorithm.Ed25519),
        new SignCase("sign HMAC-SHA-256, floor", SignatureAlgorithm.HmacSha256),
        new SignCase("sign P-256, floor", SignatureAlgorithm.EcdsaP256Sha256),
        new SignCase("sign RSA-2048, floor", SignatureAlgorithm.RsaPssSha512),
        new SqliteColdGetCase(),
        new SqliteResealCase(),
        new VaultHitByAddressCase(),
        new VaultHitByNameCase(),
    ];
}
