namespace Digibee.Accounts;

/// <summary>Two accounts of every type that a save accepts: one with nothing but what is required, one with every property set.</summary>
public static class AccountSamples
{
    /// <summary>Stands in every secret of every sample, alone or inside.</summary>
    public const string Secret = "c4n4ry";

    // Base64 of "c4n4ry" stands in both; nothing decodes them any further.
    public const string PrivateKeyPem = "-----BEGIN PRIVATE KEY-----\nYzRuNHJ5\n-----END PRIVATE KEY-----\n";
    public const string EncryptedKeyPem = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nYzRuNHJ5\n-----END ENCRYPTED PRIVATE KEY-----\n";
    public const string PublicKeyPem = "-----BEGIN PUBLIC KEY-----\nYzRuNHJ5\n-----END PUBLIC KEY-----\n";
    public const string CertificatePem = "-----BEGIN CERTIFICATE-----\nYzRuNHJ5\n-----END CERTIFICATE-----\n";

    // A certificate and its key, written by OpenSSL 3 for a hundred years; the second key is encrypted under the secret.
    public const string CertificateOfKeyPem =
        "-----BEGIN CERTIFICATE-----\nMIIBeTCCAR6gAwIBAgITNZUvr1xoRXVwKmFCHnZA7qdZzjAKBggqhkjOPQQDAjAR\nMQ8wDQYDVQQDDAZzYW1wbGUwIBcNMjYxMTI1MTUyNDQ0WhgPMjEyNjExMDExNTI0\nNDRaMBExDzANBgNVBAMMBnNhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IA\nBOLYRXGyL12zCX/M0GSB/m7QQyMWZpCcT3po0EOhFSbYFDnTBFDFmIAtbtKQDS8s\n7UyMJYGs8IsmFjJra1jBo/qjUzBRMB0GA1UdDgQWBBQplRm6yu6iBcJAyO/WZAMi\niVq/2DAfBgNVHSMEGDAWgBQplRm6yu6iBcJAyO/WZAMiiVq/2DAPBgNVHRMBAf8E\nBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQCrfPL09bCh0vHKDc3i13wbDKi6ZUPd\nNUPF/LP8MfIeAwIhAJVRdC6LoijAcyGxdBBDMY9zOKxLazjwGYobvoBX71jl\n-----END CERTIFICATE-----\n";

    public const string ChainPem = Secret + "\n" + CertificateOfKeyPem
        + "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg4lHTzSb5GZydzDup\nSpIhSFcWWO1YYCjR3aTbG0h9wcahRANCAATi2EVxsi9dswl/zNBkgf5u0EMjFmaQ\nnE96aNBDoRUm2BQ50wRQxZiALW7SkA0vLO1MjCWBrPCLJhYya2tYwaP6\n-----END PRIVATE KEY-----\n";

    public const string EncryptedChainPem = Secret + "\n" + CertificateOfKeyPem
        + "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAixEVKMBEVo2wICCAAw\nDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEPf5GrGjNE3/VW8YXN06Pp8EgZCU\n4tIGRCnNGtPkQHTbIc2GCUqfwdegP0QnzsexUi8dwKEvOUnVcoIlNs4TM9NIOqkR\nNIUWt09MqtBUsZ/a8OwTKVIoQ2Iic4ia3K1hQwdKAbCac0Mtf1RPb65vwFNzlsEL\nwkvfpD0kYIjm3Z6UpiYXHgZZmDznx8jtbt/SvvFPKUk8GbVpgJSb05ixz4PO9E8=\n-----END ENCRYPTED PRIVATE KEY-----\n";

    // The same keys for themselves, each behind a line of text, as exports of key stores have it.
    public const string SigningKeyPem = Secret + "\n"
        + "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg4lHTzSb5GZydzDup\nSpIhSFcWWO1YYCjR3aTbG0h9wcahRANCAATi2EVxsi9dswl/zNBkgf5u0EMjFmaQ\nnE96aNBDoRUm2BQ50wRQxZiALW7SkA0vLO1MjCWBrPCLJhYya2tYwaP6\n-----END PRIVATE KEY-----\n";

    public const string EncryptedSigningKeyPem = Secret + "\n"
        + "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAixEVKMBEVo2wICCAAw\nDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEPf5GrGjNE3/VW8YXN06Pp8EgZCU\n4tIGRCnNGtPkQHTbIc2GCUqfwdegP0QnzsexUi8dwKEvOUnVcoIlNs4TM9NIOqkR\nNIUWt09MqtBUsZ/a8OwTKVIoQ2Iic4ia3K1hQwdKAbCac0Mtf1RPb65vwFNzlsEL\nwkvfpD0kYIjm3Z6UpiYXHgZZmDznx8jtbt/SvvFPKUk8GbVpgJSb05ixz4PO9E8=\n-----END ENCRYPTED PRIVATE KEY-----\n";

    public const string VerificationKeyPem = Secret + "\n"
        + "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE4thFcbIvXbMJf8zQZIH+btBDIxZm\nkJxPemjQQ6EVJtgUOdMEUMWYgC1u0pANLyztTIwlgazwiyYWMmtrWMGj+g==\n-----END PUBLIC KEY-----\n";

    public const string GoogleKeyJson =
        """{"type":"service_account","private_key_id":"k1","private_key":"-----BEGIN PRIVATE KEY-----\nYzRuNHJ5\n-----END PRIVATE KEY-----\n","client_email":"robot@project.example"}""";

    /// <summary>Gets the slugs of all types; each is a case of the tests over all types.</summary>
    public static TheoryData<string> Slugs => [.. AccountType.All.Select(static type => type.Slug)];

    /// <summary>Gives an account of a type with nothing but what is required.</summary>
    public static Account Minimal(string slug) => slug switch
    {
        "api-key" => new ApiKeyAccount { Name = "api-key", ParameterName = "key", Key = new Secret(Secret), Placement = ApiKeyPlacement.Query },
        "aws-v4" => new AwsV4Account { Name = "aws-v4", AccessKeyId = "AKIDEXAMPLE", SecretAccessKey = new Secret(Secret) },
        "basic" => new BasicAccount { Name = "basic", UserName = "Aladdin", Password = new Secret(Secret) },
        "certificate-chain" => new CertificateChainAccount { Name = "certificate-chain", Chain = new Secret(ChainPem) },
        "custom-auth-header" => new CustomAuthHeaderAccount { Name = "custom-auth-header", HeaderName = "X-Auth", HeaderValue = new Secret(Secret) },
        "google-key" => new GoogleKeyAccount { Name = "google-key", Key = new Secret(GoogleKeyJson) },
        "kerberos" => new KerberosAccount { Name = "kerberos", Principal = "user@EXAMPLE.COM", Keytab = new Secret("BQIAAABCAAEAC0VYQU1QTEUuQ09NAAR1c2VyAAAAAWVT8QACABIAIGM0bjRyeWM0bjRyeWM0bjRyeWM0bjRyeWM0bjRyeWM0") },
        "ntlm" => new NtlmAccount { Name = "ntlm", UserName = "user", Password = new Secret(Secret) },
        "oauth-2" => new OAuth2Account { Name = "oauth-2", Provider = "google" },
        "oauth-bearer" => new OAuthBearerAccount { Name = "oauth-bearer", Token = new Secret(Secret) },
        "private-key" => new PrivateKeyAccount { Name = "private-key", Key = new Secret(SigningKeyPem) },
        "public-key" => new PublicKeyAccount { Name = "public-key", Key = new Secret(VerificationKeyPem) },
        "secret-key" => new SecretKeyAccount { Name = "secret-key", Key = new Secret(Secret) },
        "smtp-auth-and-properties" => new SmtpAccount { Name = "smtp-auth-and-properties", Host = "mail.example", Port = 587 },
        _ => throw new ArgumentOutOfRangeException(nameof(slug)),
    };

    /// <summary>Gives an account of a type with every property set to something that is not its default.</summary>
    public static Account Full(string slug) => Minimal(slug) switch
    {
        ApiKeyAccount account => WithMetadata(account with { Placement = ApiKeyPlacement.Cookie }),
        AwsV4Account account => WithMetadata(account with { SessionToken = new Secret("session-" + Secret), Service = "s3", Region = "eu-central-1" }),
        CertificateChainAccount account => WithMetadata(account with { Chain = new Secret(EncryptedChainPem), Password = new Secret(Secret) }),
        GoogleKeyAccount account => WithMetadata(account with { Scopes = ["https://www.googleapis.com/auth/drive"], Mode = GoogleKeyMode.SelfSignedJwt, Subject = "alice@project.example", Audience = "https://pubsub.googleapis.com/" }),
        KerberosAccount account => WithMetadata(account with { Principal = "user", KerberosRealm = "EXAMPLE.COM", KeyDistributionCenters = ["kdc1.example", "[::1]:88"], Configuration = "[libdefaults]\n", ServicePrincipal = "HTTP/web.example", RequireMutualAuthentication = true, AllowRc4 = true }),
        NtlmAccount account => WithMetadata(account with { Domain = "CORP", Workstation = "WS1" }),
        OAuth2Account account => WithMetadata(account with
        {
            Scopes = ["offline_access", "files.readwrite.all"],
            Grant = OAuth2Grant.TokenExchange,
            ClientAuthentication = OAuth2ClientAuthentication.Post,
            ClientId = "client",
            ClientSecret = new Secret(Secret),
            KeyAccount = "signer",
            KeyId = "k1",
            CertificateAccount = "certificate",
            RefreshToken = new Secret("refresh-" + Secret),
            UserName = "user",
            Password = new Secret("password-" + Secret),
            Issuer = "issuer",
            Subject = "subject",
            SubjectToken = new Secret("subject-" + Secret),
            SubjectTokenType = "urn:ietf:params:oauth:token-type:jwt",
            Audience = "https://audience.example/",
            Resources = ["https://resource.example/r"],
            UseDPoP = true,
            Parameters = ["tenant=one"],
        }),
        PrivateKeyAccount account => WithMetadata(account with { Key = new Secret(EncryptedSigningKeyPem), Passphrase = new Secret(Secret) }),
        SecretKeyAccount account => WithMetadata(account with { Key = new Secret("YzRuNHJ5YzRuNHJ5YzRuNHJ5"), Encoding = SecretKeyEncoding.Base64 }),
        SmtpAccount account => WithMetadata(account with { UserName = "user@example.com", Password = new Secret(Secret), Port = 465, Tls = SmtpTls.Implicit, Mechanisms = ["OAUTHBEARER", "PLAIN"], BearerAccount = "token", Properties = ["mail.smtp.timeout=30000"] }),
        var account => WithMetadata(account),
    };

    /// <summary>Inspects an account as a save does.</summary>
    internal static AccountInspection Inspected(this Account account, AccountLimits? limits = null, DateTimeOffset? now = null)
    {
        var inspection = new AccountInspection(limits ?? new AccountLimits(), now);
        account.Inspect(inspection);
        return inspection;
    }

    /// <summary>Gives the fields that an inspection refused, in its order.</summary>
    internal static IEnumerable<string> RefusedFields(this Account account) => account.Inspected().Problems.Select(static problem => problem.Field);

    /// <summary>Gives the facts that an inspection noted, in order of their names.</summary>
    internal static IEnumerable<string> Facts(this AccountInspection inspection) =>
        inspection.Facts.OrderBy(static fact => fact.Key, StringComparer.Ordinal).Select(static fact => $"{fact.Key}={fact.Value}");

    private static Account WithMetadata(Account account) => account with
    {
        Description = "Für die Tests \U0001F511",
        ExpiresAt = new DateTimeOffset(2031, 2, 3, 4, 5, 6, TimeSpan.FromHours(2)),
        AllowedOrigins = ["https://api.example", "https://*.shop.example:8443"],
        Projects = ["alpha", "beta"],
    };
}
