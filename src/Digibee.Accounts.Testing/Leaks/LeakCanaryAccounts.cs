using System.Text;

namespace Digibee.Accounts;

/// <summary>Accounts of every type around one canary.</summary>
internal sealed class LeakCanaryAccounts(string value, byte[] core)
{
    private Secret Secret => new(value);

    public IReadOnlyList<Account> All =>
    [
        new ApiKeyAccount { Name = "canary-api-key-query", ParameterName = "api_key", Key = Secret, Placement = ApiKeyPlacement.Query },
        new ApiKeyAccount { Name = "canary-api-key-header", ParameterName = "X-Api-Key", Key = Secret, Placement = ApiKeyPlacement.Header },
        new ApiKeyAccount { Name = "canary-api-key-cookie", ParameterName = "api_key", Key = Secret, Placement = ApiKeyPlacement.Cookie },
        new AwsV4Account { Name = "canary-aws-v4", AccessKeyId = "AKIAIOSFODNN7EXAMPLE", SecretAccessKey = Secret, SessionToken = Secret, Service = "s3", Region = "eu-central-1" },
        new BasicAccount { Name = "canary-basic", UserName = "canary", Password = Secret },
        new CertificateChainAccount { Name = "canary-certificate-chain", Chain = new Secret(CanaryKeys.CertificateChain(core)) },
        new CertificateChainAccount { Name = "canary-certificate-chain-encrypted", Chain = new Secret($"Bag Attributes\n    friendlyName: {value}\n{CanaryKeys.CertificateChain(core, value)}"), Password = Secret },
        new CustomAuthHeaderAccount { Name = "canary-custom-auth-header", HeaderName = "X-Auth-Token", HeaderValue = Secret },
        new GoogleKeyAccount { Name = "canary-google-key", Key = new Secret(GoogleKey()), Scopes = ["https://www.googleapis.com/auth/devstorage.read_only"] },
        new KerberosAccount { Name = "canary-kerberos", Principal = "canary@EXAMPLE.COM", Keytab = new Secret(Convert.ToBase64String(CanaryKeys.Keytab("canary", "EXAMPLE.COM", core))), KeyDistributionCenters = ["kdc.example.com"] },
        new NtlmAccount { Name = "canary-ntlm", UserName = "canary", Password = Secret, Domain = "EXAMPLE" },
        new OAuth2Account { Name = "canary-oauth-2", Provider = "example", Scopes = ["read"], Grant = OAuth2Grant.ClientCredentials, ClientId = "canary", ClientSecret = Secret },
        new OAuth2Account { Name = "canary-oauth-2-refresh-token", Provider = "example", Grant = OAuth2Grant.RefreshToken, ClientId = "canary", RefreshToken = Secret },
        new OAuth2Account { Name = "canary-oauth-2-password", Provider = "example", Grant = OAuth2Grant.Password, ClientId = "canary", UserName = "canary", Password = Secret },
        new OAuth2Account { Name = "canary-oauth-2-token-exchange", Provider = "example", Grant = OAuth2Grant.TokenExchange, ClientId = "canary", SubjectToken = Secret },
        new OAuthBearerAccount { Name = "canary-oauth-bearer", Token = Secret },
        new OAuthBearerAccount { Name = "canary-oauth-bearer-jwt", Token = new Secret(Jwt()) },
        new PrivateKeyAccount { Name = "canary-private-key", Key = new Secret(CanaryKeys.PrivateKey(core)) },
        new PrivateKeyAccount { Name = "canary-private-key-encrypted", Key = new Secret($"friendlyName: {value}\n{CanaryKeys.PrivateKey(core, value)}"), Passphrase = Secret },
        new PublicKeyAccount { Name = "canary-public-key", Key = new Secret(CanaryKeys.PublicKey(core)) },
        new SecretKeyAccount { Name = "canary-secret-key-text", Key = Secret, Encoding = SecretKeyEncoding.Text },
        new SecretKeyAccount { Name = "canary-secret-key-hexadecimal", Key = new Secret(Convert.ToHexString(core)), Encoding = SecretKeyEncoding.Hexadecimal },
        new SecretKeyAccount { Name = "canary-secret-key-base64", Key = new Secret(Convert.ToBase64String(core)), Encoding = SecretKeyEncoding.Base64 },
        new SmtpAccount { Name = "canary-smtp-auth-and-properties", Host = "mail.example.com", Port = 587, UserName = "canary", Password = Secret },
    ];

    // As the console downloads it.
    private string GoogleKey() => $$"""
        {
          "type": "service_account",
          "project_id": "canary",
          "private_key_id": "0123456789abcdef0123456789abcdef01234567",
          "private_key": "{{CanaryKeys.RsaPrivateKey(core).ReplaceLineEndings("\\n")}}\n",
          "client_email": "canary@canary.iam.gserviceaccount.com",
          "client_id": "100000000000000000000",
          "auth_uri": "https://accounts.google.com/o/oauth2/auth",
          "token_uri": "https://oauth2.googleapis.com/token",
          "universe_domain": "googleapis.com"
        }
        """;

    // Its claims can be read, so that code which looks into tokens does so here too.
    private string Jwt() =>
        $"{Base64Url("""{"alg":"HS256","typ":"JWT"}""")}.{Base64Url($$"""{"exp":2524608000,"jti":"{{value}}"}""")}.{System.Buffers.Text.Base64Url.EncodeToString(core)}";

    private static string Base64Url(string json) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
