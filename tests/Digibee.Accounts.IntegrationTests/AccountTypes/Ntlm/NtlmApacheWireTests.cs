using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography;
using System.Text;

namespace Digibee.Accounts;

/// <summary>What goes over the wire to a server that accepts it, taken from the connection and read apart from the library.</summary>
[Collection<ApacheNtlmServer>]
public sealed class NtlmApacheWireTests(ApacheNtlmServer server)
{
    private const int IntegrityCodeAt = 72;

    [Theory]
    [InlineData(false, "alice", "TESTDOM")]
    [InlineData(true, "alice", "TESTDOM")]
    [InlineData(false, @"TESTDOM\alice", null)]
    public async Task Get_WithAWorkstation_SendsTheNamesTheBindingsAndAnIntegrityCode(bool tls, string userName, string? domain)
    {
        var sent = new ConcurrentQueue<RecordingStream>();
        await using var client = await NtlmClient.CreateAsync(
            server,
            static _ => { },
            (context, _) =>
            {
                var stream = new RecordingStream(context.PlaintextStream);
                sent.Enqueue(stream);
                return ValueTask.FromResult<Stream>(stream);
            },
            server.Account with { UserName = userName, Domain = domain, Workstation = "PC-17" });

        var answer = await client.Http.GetStringAsync(new Uri(tls ? server.Https : server.Http, "echo"));

        answer.Should().StartWith(@"user=TESTDOM\alice ");
        var written = sent.Should().ContainSingle().Which.Written;
        var messages = Messages(written);
        messages.Select(static message => message[8]).Should().Equal(1, 3);
        Text(messages[1], 28).Should().Be("TESTDOM");
        Text(messages[1], 36).Should().Be("alice");
        Text(messages[1], 44).Should().Be("PC-17");
        messages[1].AsSpan(IntegrityCodeAt, 16).ToArray().Should().NotEqual(new byte[16]);

        // MsvAvFlags: there is an integrity code. MsvAvChannelBindings: RFC 5929's tls-server-end-point. MsvAvTargetName: the service.
        var pairs = Convert.ToHexStringLower(Field(messages[1], 20));
        pairs.Should().Contain("0600040002000000");
        pairs.Should().Contain($"0a001000{Convert.ToHexStringLower(tls ? BindingsHash() : new byte[16])}");
        pairs.Should().Contain(Convert.ToHexStringLower(Encoding.Unicode.GetBytes("HTTP/localhost")));

        // LM is never answered with, and no session key is sent. The request itself is bare.
        Field(messages[1], 12).ToArray().Should().Equal(new byte[24]);
        Field(messages[1], 52).Length.Should().Be(0);
        written[written.IndexOf("GET /echo", StringComparison.Ordinal)..].Should().NotContain("Authorization");
    }

    private static byte[][] Messages(string written) =>
    [
        .. written.Split("Authorization: NTLM ").Skip(1).Select(static rest => Convert.FromBase64String(rest[..rest.IndexOf('\r')])),
    ];

    private static string Text(byte[] message, int at) => Encoding.Unicode.GetString(Field(message, at));

    private static ReadOnlySpan<byte> Field(byte[] message, int at) =>
        message.AsSpan(BinaryPrimitives.ReadInt32LittleEndian(message.AsSpan(at + 4)), BinaryPrimitives.ReadUInt16LittleEndian(message.AsSpan(at)));

    // gss_channel_bindings_struct of RFC 2744: four zeros of four bytes, the length, the data.
    private byte[] BindingsHash()
    {
        byte[] data = [.. "tls-server-end-point:"u8, .. SHA256.HashData(server.Authority.RawData)];
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, data.Length);
#pragma warning disable CA5351 // MS-NLMP, section 2.2.2.1
        return MD5.HashData([.. new byte[16], .. length, .. data]);
#pragma warning restore CA5351
    }
}
