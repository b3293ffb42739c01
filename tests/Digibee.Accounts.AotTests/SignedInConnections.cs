using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>A connection that is signed in with NTLM before its first request. The user and the challenge are those of MS-NLMP, section 4.2, which says what the key of the answer is.</summary>
internal static class SignedInConnections
{
    private const string ServerChallenge = "0123456789abcdef";

    // CHALLENGE_MESSAGE: Unicode, extended session security, target information: the domain, the server, a time.
    private const string Challenge =
        "4e544c4d53535000020000000c000c003800000033828aa2" + ServerChallenge + "00000000000000003000300044000000060070170000000f530065007200760065007200"
        + "02000c0044006f006d00610069006e0001000c00530065007200760065007200070008000090d336b734c30100000000";

    // Section 4.2.4.1.1: NTOWFv2 of User, Domain and Password.
    private const string ResponseKey = "0c868a403bfd7a93a3001ef22ef02e3f";

    public static async Task ConnectionIsSignedInAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var origin = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        await using var accounts = DigibeeAccounts.Create(static builder => builder.Configure(static options => options.Environment = "test").UseInMemoryStore().UseKeyRing(KeyRing.Parse(KeyRing.NewKeyText())));
        await accounts.Vault.SaveAsync(new NtlmAccount { Name = "intranet", UserName = @"Domain\User", Password = new Secret("Password"), Workstation = "COMPUTER", AllowedOrigins = [origin] });
        using var client = new HttpClient(accounts.CreateHandler("intranet", new SocketsHttpHandler { UseProxy = false }));

        var serving = ServeAsync(listener);
        var body = await client.GetStringAsync($"{origin}/orders");
        var (answer, request) = await serving;

        Expect.That(body == "signed in", "the request is answered");
        Expect.That(!request.Contains("Authorization", StringComparison.Ordinal), "the request itself is bare");
        Expect.That(Field(answer, 44).SequenceEqual(Encoding.Unicode.GetBytes("COMPUTER")), "the workstation is sent");
        Expect.That(Proves(Field(answer, 20)), "the answer proves the password");
    }

    private static async Task<(byte[] Answer, string Request)> ServeAsync(TcpListener listener)
    {
        using var connection = await listener.AcceptTcpClientAsync();
        var stream = connection.GetStream();
        await ReadHeadAsync(stream);
        await WriteAsync(stream, $"401 Unauthorized\r\nWWW-Authenticate: NTLM {Convert.ToBase64String(Convert.FromHexString(Challenge))}", "");
        var answer = (await ReadHeadAsync(stream)).Split("Authorization: NTLM ")[1].Split("\r\n")[0];
        await WriteAsync(stream, "200 OK\r\nPersistent-Auth: true", "");
        var request = await ReadHeadAsync(stream);
        await WriteAsync(stream, "200 OK", "signed in");
        return (Convert.FromBase64String(answer), request);
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var buffer = new byte[4096];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer);
            head.Append(Encoding.ASCII.GetString(buffer, 0, read > 0 ? read : throw new EndOfStreamException()));
        }

        return head.ToString();
    }

    private static Task WriteAsync(NetworkStream stream, string head, string body) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\nContent-Length: {body.Length}\r\n\r\n{body}")).AsTask();

    // MS-NLMP, section 3.3.2: the proof covers the server's challenge and what follows the proof.
    private static bool Proves(ReadOnlySpan<byte> response)
    {
#pragma warning disable CA5351 // NTLM knows no other.
        var proof = HMACMD5.HashData(Convert.FromHexString(ResponseKey), (byte[])[.. Convert.FromHexString(ServerChallenge), .. response[16..]]);
#pragma warning restore CA5351
        return response[..16].SequenceEqual(proof);
    }

    private static ReadOnlySpan<byte> Field(byte[] message, int at) => message.AsSpan(BitConverter.ToInt32(message, at + 4), BitConverter.ToUInt16(message, at));
}
