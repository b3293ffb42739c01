using Digibee.Accounts;

namespace Quickstart;

/// <summary>One account of each type that goes on an HTTP request, and what the service should make of it. A new type is a line here and a check in <see cref="CrmService"/>.</summary>
internal static class Samples
{
    public const string Bearer = "crm-bearer";
    public const string FirstToken = "first-token-5f1c";
    public const string RotatedToken = "second-token-9a07";
    public const string TriedToken = "third-token-77e2";

    /// <summary>The key id and the secret of the examples in AWS's documentation.</summary>
    public const string AwsAccessKeyId = "AKIAIOSFODNN7EXAMPLE";
    public const string AwsSecretAccessKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    /// <summary>The name that the program registers the authorization server under, and the secret it knows the client by.</summary>
    public const string Provider = "crm-login";
    public const string ClientSecret = "client-secret-77e2";

    public const string PublicKey = "crm-public-key";

    private const string ApiKey = "k 4711 ü&=+";
    private const string HeaderValue = "abc/def+==";
    private const string Password = "open sesame";

    /// <summary>Gives every secret that this program saves.</summary>
    public static string[] SecretsFor(CrmService service) => [ApiKey, AwsSecretAccessKey, Password, service.Authority.ClientKeyLine, HeaderValue, service.Login.GoogleKeyLine, service.Signatures.PrivateKeyLine, MessageSignatures.SharedKey, ClientSecret, FirstToken, RotatedToken, TriedToken];

    public static Sample[] For(CrmService service)
    {
        // Where each may be sent. Loopback is the one clear-text origin that is saved without a warning.
        var origin = service.Origin;
        AllowedOrigins origins = [origin];
        return
        [
            new(new ApiKeyAccount { Name = "crm-api-key", ParameterName = "api_key", Key = new Secret(ApiKey), Placement = ApiKeyPlacement.Query, AllowedOrigins = origins }, origin, "/api-key", "?api_key="),
            new(new AwsV4Account { Name = "crm-aws", AccessKeyId = AwsAccessKeyId, SecretAccessKey = new Secret(AwsSecretAccessKey), Service = "execute-api", Region = "eu-central-1", AllowedOrigins = origins }, origin, "/aws?list=a b&name=ü", "Authorization: AWS4-HMAC-SHA256"),
            new(new BasicAccount { Name = "crm-basic", UserName = "Aladdin", Password = new Secret(Password), AllowedOrigins = origins }, origin, "/basic", "Authorization: Basic"),
            new(new CertificateChainAccount { Name = "crm-certificate", Chain = new Secret(service.Authority.ClientPem), AllowedOrigins = [service.SecureOrigin] }, service.SecureOrigin, "/certificate", "TLS certificate and intermediate"),
            new(new CustomAuthHeaderAccount { Name = "crm-header", HeaderName = "X-Crm-Token", HeaderValue = new Secret(HeaderValue), AllowedOrigins = origins }, origin, "/header", "X-Crm-Token:"),
            new(new GoogleKeyAccount { Name = "crm-google", Key = new Secret(service.Login.GoogleKeyFile(origin + "/token")), Scopes = ["https://www.googleapis.com/auth/drive"], AllowedOrigins = origins }, origin, "/token-holder", "Bearer, for a signed assertion"),
            new(new OAuth2Account { Name = "crm-oauth2", Provider = Provider, Grant = OAuth2Grant.ClientCredentials, ClientId = "shop", ClientSecret = new Secret(ClientSecret), AllowedOrigins = origins }, origin, "/token-holder", "Bearer, for a client's secret"),
            new(new OAuthBearerAccount { Name = Bearer, Token = new Secret(FirstToken), AllowedOrigins = origins }, origin, "/bearer", "Authorization: Bearer"),
            new(new PrivateKeyAccount { Name = "crm-private-key", Key = new Secret(service.Signatures.PrivateKeyPem), AllowedOrigins = origins }, origin, "/signed?open=1", "Signature: ecdsa-p256-sha256"),
            new(new PublicKeyAccount { Name = PublicKey, Key = new Secret(service.Signatures.PublicKeyPem), AllowedOrigins = origins }, origin, "/signed-answer", "nothing; the answer is checked"),
            new(new SecretKeyAccount { Name = "crm-secret-key", Key = new Secret(MessageSignatures.SharedKey), Encoding = SecretKeyEncoding.Base64, AllowedOrigins = origins }, origin, "/mac", "Signature: hmac-sha256"),
        ];
    }
}
