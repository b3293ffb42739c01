using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Digibee.Accounts;

/// <summary>One account of each of the fourteen types, good enough to be saved.</summary>
internal static class AllTypes
{
    public static IReadOnlyList<Account> Create()
    {
        using var rsa = RSA.Create(2048);
        var privateKey = rsa.ExportPkcs8PrivateKeyPem();
        return
        [
            new ApiKeyAccount { Name = "api-key", ParameterName = "key", Key = new Secret("k-4711"), Placement = ApiKeyPlacement.Cookie, Projects = ["billing"] },
            new AwsV4Account { Name = "aws-v4", AccessKeyId = "AKIDEXAMPLE", SecretAccessKey = new Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), SessionToken = new Secret("session"), Region = "eu-central-1", Service = "s3" },
            new BasicAccount { Name = "basic", UserName = "Aladdin", Password = new Secret("open sesame"), Description = "The cave.", ExpiresAt = new DateTimeOffset(2031, 2, 3, 4, 5, 6, TimeSpan.Zero) },
            new CertificateChainAccount { Name = "certificate-chain", Chain = new Secret(Certificate(rsa) + "\n" + privateKey) },
            new CustomAuthHeaderAccount { Name = "custom-auth-header", HeaderName = "X-Auth", HeaderValue = new Secret("abc/def+=="), AllowedOrigins = ["https://api.example"] },
            new GoogleKeyAccount { Name = "google-key", Key = new Secret(GoogleKey(privateKey)), Scopes = ["https://www.googleapis.com/auth/drive"] },
            new KerberosAccount { Name = "kerberos", Principal = "user@EXAMPLE.COM", Keytab = new Secret(Keytab()), KeyDistributionCenters = ["kdc.example.com"] },
            new NtlmAccount { Name = "ntlm", UserName = "user", Password = new Secret("pässwörd"), Domain = "EXAMPLE", Workstation = "HOST" },
            new OAuth2Account { Name = "oauth-2", Provider = "crm", Scopes = ["read", "write"] },
            new OAuthBearerAccount { Name = "oauth-bearer", Token = new Secret("mF_9.B5f-4.1JqM") },
            new PrivateKeyAccount { Name = "private-key", Key = new Secret(privateKey) },
            new PublicKeyAccount { Name = "public-key", Key = new Secret(rsa.ExportSubjectPublicKeyInfoPem()) },
            new SecretKeyAccount { Name = "secret-key", Key = new Secret(Convert.ToBase64String(SHA256.HashData("key"u8))), Encoding = SecretKeyEncoding.Base64 },
            new SmtpAccount { Name = "smtp", Host = "mail.example.com", Port = 587, UserName = "user", Password = new Secret("secret"), Mechanisms = ["SCRAM-SHA-256"] },
        ];
    }

    private static string Certificate(RSA key)
    {
        var request = new CertificateRequest("CN=client", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2036, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return certificate.ExportCertificatePem();
    }

    private static string GoogleKey(string privateKey) =>
        $$"""
        {
          "type": "service_account", "project_id": "shop", "private_key_id": "4711", "private_key": "{{privateKey.ReplaceLineEndings("\\n")}}",
          "client_email": "robot@shop.iam.gserviceaccount.com", "client_id": "1", "token_uri": "https://oauth2.googleapis.com/token"
        }
        """;

    // MIT's keytab, version 0x0502, with one entry: user@EXAMPLE.COM, aes256-cts-hmac-sha1-96.
    private static string Keytab()
    {
        using var entry = new MemoryStream();
        Write16(entry, 1);
        WriteText(entry, "EXAMPLE.COM");
        WriteText(entry, "user");
        Write16(entry, 0);
        Write16(entry, 1);
        Write16(entry, 0);
        Write16(entry, 0);
        entry.WriteByte(2);
        Write16(entry, 18);
        Write16(entry, 32);
        entry.Write(SHA256.HashData("keytab"u8));

        using var keytab = new MemoryStream();
        Write16(keytab, 0x0502);
        Write16(keytab, 0);
        Write16(keytab, (int)entry.Length);
        entry.WriteTo(keytab);
        return Convert.ToBase64String(keytab.ToArray());
    }

    private static void Write16(MemoryStream stream, int value)
    {
        stream.WriteByte((byte)(value >> 8));
        stream.WriteByte((byte)value);
    }

    private static void WriteText(MemoryStream stream, string text)
    {
        Write16(stream, text.Length);
        stream.Write(Encoding.ASCII.GetBytes(text));
    }
}
