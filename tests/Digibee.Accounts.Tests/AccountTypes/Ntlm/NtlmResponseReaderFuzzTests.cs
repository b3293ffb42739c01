using System.Text;

namespace Digibee.Accounts;

[Trait("Category", "Fuzz")]
public sealed class NtlmResponseReaderFuzzTests
{
    [Fact]
    public void ReadAsync_OfMutatedAnswers_ReadsThemTheSameInAnyPiecesOrRefusesThem()
    {
        byte[][] corpus =
        [
            .. new[]
            {
                $"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Negotiate\r\nWWW-Authenticate: NTLM {Convert.ToBase64String(NtlmExample.Challenge)}\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nPersistent-Auth: true\r\n\r\n3;a=b\r\nabc\r\n0\r\nX: y\r\n\r\n",
                "HTTP/1.0 401 Unauthorized\r\nConnection: close\r\nWWW-Authenticate: Basic realm=\"a, \\\"b\", Digest nonce=\"c\"\r\n\r\n",
            }.Select(Encoding.Latin1.GetBytes),
        ];

        Fuzzer.Run(corpus, static input =>
        {
            // What came too early is refused only when it came with the rest, so the whole may be refused where the pieces are not.
            var whole = Read(input, input.Length + 1);
            var pieces = Read(input, 1);
            (whole is null || whole == pieces).Should().BeTrue();
        });
    }

    private static (int Status, bool KeepsAlive, bool OffersNtlm, bool? Persists)? Read(byte[] input, int pieceLength)
    {
        try
        {
            // A memory stream never waits.
            var reader = new NtlmResponseReader(new NtlmTestStream(input, pieceLength), new NtlmRefusal("intranet", "intranet.example", new NtlmHandshakeOptions()));
            var response = Blocking.Wait(reader.ReadAsync(hasBody: true, CancellationToken.None));
            return (response.Status, response.KeepsAlive, response.OffersNtlm, response.Persists);
        }
        catch (AccountUnavailableException)
        {
            return null;
        }
    }
}
