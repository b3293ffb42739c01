using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

/// <summary>The base of tests that sign and check: the keys of both sides, a clock, and a real server between them.</summary>
public abstract class SignatureTest : NetworkTest
{
    /// <summary>The second of the examples of RFC 9421.</summary>
    protected const long Second = 1_618_884_473;

    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    protected FakeTimeProvider Time { get; } = new(DateTimeOffset.FromUnixTimeSeconds(Second));

    /// <summary>Gets the account that signs.</summary>
    protected static PrivateKeyAccount Signing { get; } = new() { Name = "our-key", Key = new Secret(Key.ExportPkcs8PrivateKeyPem()), AllowedOrigins = ["https://api.example", "https://api.example:8443"] };

    /// <summary>Gets the account with the public half of the same key.</summary>
    protected static PublicKeyAccount Checking { get; } = new() { Name = "their-key", Key = new Secret(Key.ExportSubjectPublicKeyInfoPem()), AllowedOrigins = ["https://api.example", "https://api.example:8443"] };

    protected static SecretKeyAccount Shared { get; } = new()
    {
        Name = "shared",
        Key = new Secret("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"),
        Encoding = SecretKeyEncoding.Hexadecimal,
        AllowedOrigins = ["https://api.example", "https://api.example:8443"],
    };

    protected async Task<DigibeeAccounts> SaveAsync(params Account[] accounts)
    {
        var program = DigibeeAccounts.Create(builder => builder
            .Configure(static options => options.Environment = "test")
            .UseInMemoryStore()
            .UseKeyRing(KeyRing.Parse(KeyRing.NewKeyText()))
            .Services.AddSingleton<TimeProvider>(Time));
        foreach (var account in accounts)
        {
            await program.Vault.SaveAsync(account);
        }

        return program;
    }

    /// <summary>Gives what a server received as it hands it to the verifier.</summary>
    protected static ReceivedHttpRequest Received(RecordedRequest request) => new(
        request.Method,
        $"{request.Scheme}://{request.Host}{request.Target}",
        name => request.Header(name) is { } value ? [value] : null)
    {
        Body = request.Body.Length == 0 ? null : new MemoryStream(request.BodyBytes),
    };

    /// <summary>Signs a base with the other side's key.</summary>
    protected static string SignBase(string signatureBase) => Convert.ToBase64String(Key.SignData(System.Text.Encoding.ASCII.GetBytes(signatureBase), HashAlgorithmName.SHA256));

    protected static string Digest(string body) => $"sha-256=:{Convert.ToBase64String(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(body)))}:";
}
