using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>HTTP message signatures, made and checked.</summary>
internal static class SignedMessages
{
    public static async Task KeysSignAsync()
    {
        await using var server = new LoopbackServer();
        await using var accounts = Create();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var mac = new byte[32];
        await accounts.Vault.SaveAsync(new PrivateKeyAccount { Name = "private", Key = new Secret(key.ExportPkcs8PrivateKeyPem()), AllowedOrigins = [server.Origin] });
        await accounts.Vault.SaveAsync(new SecretKeyAccount { Name = "secret", Key = new Secret(Convert.ToHexString(mac)), Encoding = SecretKeyEncoding.Hexadecimal, AllowedOrigins = [server.Origin] });
        using var client = new HttpClient(accounts.CreateHandler(["private", "secret"], new SocketsHttpHandler()));

        using var answer = await client.GetAsync($"{server.Origin}/orders?open=1");

        Expect.That(key.VerifyData(Base(server, "sig1"), Signature(server, "sig1"), HashAlgorithmName.SHA256), "the private key signs");
        Expect.That(HMACSHA256.HashData(mac, Base(server, "sig2")).AsSpan().SequenceEqual(Signature(server, "sig2")), "the secret key signs");
    }

    public static async Task UnsignedAnswerIsRefusedAsync()
    {
        await using var server = new LoopbackServer();
        await using var accounts = Create();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await accounts.Vault.SaveAsync(new PublicKeyAccount { Name = "public", Key = new Secret(key.ExportSubjectPublicKeyInfoPem()), AllowedOrigins = [server.Origin] });
        using var client = new HttpClient(accounts.CreateHandler("public", new SocketsHttpHandler()));

        await Expect.ThrowsAsync<MessageSignatureException>(() => client.GetAsync(server.Origin), "an answer that nobody signed comes back");
    }

    private static byte[] Base(LoopbackServer server, string label)
    {
        var parameters = Field(server, "Signature-Input", label);
        return Encoding.ASCII.GetBytes($"\"@method\": GET\n\"@authority\": {server.Origin["http://".Length..]}\n\"@path\": /orders\n\"@query\": ?open=1\n\"@signature-params\": {parameters}");
    }

    private static byte[] Signature(LoopbackServer server, string label) => Convert.FromBase64String(Field(server, "Signature", label).Trim(':'));

    // Nothing in these fields holds a comma.
    private static string Field(LoopbackServer server, string name, string label) =>
        server.LastHead.Split($"\r\n{name}: ")[1].Split("\r\n")[0].Split(", ").Single(member => member.StartsWith(label + "=", StringComparison.Ordinal))[(label.Length + 1)..];

    private static DigibeeAccounts Create() => DigibeeAccounts.Create(static builder => builder
        .Configure(static options => options.Environment = "test")
        .UseInMemoryStore()
        .UseKeyRing(KeyRing.Parse(KeyRing.NewKeyText())));
}
