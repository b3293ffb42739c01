using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>Accounts of each type that goes on HTTP messages, and what a server sees of them.</summary>
public static class TestAccounts
{
    public const string SecretText = "s3cr3t/+=value~";

    /// <summary>Gets the names of the accounts; each is a case of the tests over all types.</summary>
    public static TheoryData<string> Names => [.. All(AllowedOrigins.None).Select(static account => account.Name)];

    public static IReadOnlyList<Account> All(AllowedOrigins origins) =>
    [
        new BasicAccount { Name = "basic", UserName = "Aladdin", Password = new Secret(SecretText), AllowedOrigins = origins },
        new CustomAuthHeaderAccount { Name = "custom-auth-header", HeaderName = "X-Auth-Token", HeaderValue = new Secret(SecretText), AllowedOrigins = origins },
        new OAuthBearerAccount { Name = "oauth-bearer", Token = new Secret(SecretText), AllowedOrigins = origins },
        new ApiKeyAccount { Name = "api-key-query", ParameterName = "api key", Key = new Secret(SecretText), Placement = ApiKeyPlacement.Query, AllowedOrigins = origins },
        new ApiKeyAccount { Name = "api-key-header", ParameterName = "X-Api-Key", Key = new Secret(SecretText), Placement = ApiKeyPlacement.Header, AllowedOrigins = origins },
        new ApiKeyAccount { Name = "api-key-cookie", ParameterName = "session", Key = new Secret(SecretText), Placement = ApiKeyPlacement.Cookie, AllowedOrigins = origins },
        new AwsV4Account { Name = "aws-v4", AccessKeyId = "AKIDEXAMPLE", SecretAccessKey = new Secret(SecretText), SessionToken = new Secret(SecretText), Service = "execute-api", Region = "us-east-1", AllowedOrigins = origins },
        new SecretKeyAccount { Name = "secret-key", Key = new Secret(SecretText), AllowedOrigins = origins },
    ];

    /// <summary>Tells whether a request carries an account, by the standard's own rule and not by our code.</summary>
    public static bool Carries(RecordedRequest request, string name) => name switch
    {
        "aws-v4" => request.Header("Authorization")?.StartsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/", StringComparison.Ordinal) is true
            && new AwsV4Verifier(SecretText).Refuse(request, isS3: false) is null,
        "basic" => request.Header("Authorization") == "Basic " + Convert.ToBase64String("Aladdin:s3cr3t/+=value~"u8),
        "custom-auth-header" => request.Header("X-Auth-Token") == SecretText,
        "oauth-bearer" => request.Header("Authorization") == "Bearer " + SecretText,
        "api-key-query" => request.Target.Split('?', '&').Count(static pair => pair == "api%20key=s3cr3t%2F%2B%3Dvalue~") == 1,
        "api-key-header" => request.Header("X-Api-Key") == SecretText,
        "api-key-cookie" => (request.Header("Cookie") ?? "").Split("; ").Contains("session=" + SecretText),
        "secret-key" => MessageSignatureByHand.HasMac(request, SecretText),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    /// <summary>Tells whether anything of the secret, in any of its forms, or anything made with it, is in a request.</summary>
    public static bool HoldsSecret(RecordedRequest request) =>
        request.ToString() is var text && (text.Contains(SecretText) || text.Contains("s3cr3t") || text.Contains(Convert.ToBase64String("Aladdin:s3cr3t/+=value~"u8)) || text.Contains("X-Amz-", StringComparison.OrdinalIgnoreCase) || text.Contains("AWS4-") || text.Contains("Signature", StringComparison.OrdinalIgnoreCase));

    public static DigibeeAccounts Create() => DigibeeAccounts.Create(static accounts => accounts
        .Configure(static options => options.Environment = "test")
        .UseInMemoryStore()
        .UseKeyRing(KeyRing.Parse(KeyRing.NewKeyText())));

    public static async Task<DigibeeAccounts> CreateAsync(params Account[] saved)
    {
        var accounts = Create();
        foreach (var account in saved)
        {
            await accounts.Vault.SaveAsync(account);
        }

        return accounts;
    }

    /// <summary>Sends through <see cref="HttpClient.SendAsync(HttpRequestMessage)"/> or <see cref="HttpClient.Send(HttpRequestMessage)"/>: every rule holds for both.</summary>
    public static async Task<HttpResponseMessage> SendAsync(this HttpClient client, HttpRequestMessage request, bool synchronously) =>
        synchronously ? client.Send(request) : await client.SendAsync(request);
}
