using System.Text;

namespace Digibee.Accounts;

public sealed class NtlmResponseReaderTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\n";

    private static readonly NtlmRefusal Refusal = new("intranet", "intranet.example", new NtlmHandshakeOptions());

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100_000)]
    public async Task ReadAsync_OfAnswersInPieces_ReadsEachToTheByte(int pieceLength)
    {
        var reader = Reader(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 401 No\r\nContent-Length: 5\r\n\r\nhello", pieceLength);

        var response = await reader.ReadAsync(hasBody: true, CancellationToken.None);

        (response.Status, response.KeepsAlive, response.ContentLength).Should().Be((401, true, 5));
    }

    [Theory]
    [InlineData($"{Ok}Content-Length: 0\r\n\r\n")]
    [InlineData($"{Ok}Content-Length: 3\r\n\r\nabc")]
    [InlineData($"{Ok}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData($"{Ok}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=\"y\"\r\n0123456789\r\n000\r\nTrailer: x\r\nOther: y\r\n\r\n")]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n")]
    [InlineData("HTTP/1.1 304 Not Modified\r\nContent-Length: 100\r\n\r\n")]
    public async Task ReadAsync_OfABody_PassesOverItAndStopsAtItsEnd(string answer)
    {
        foreach (var pieceLength in (int[])[1, 2, 7, 100_000])
        {
            var response = await Reader(answer, pieceLength).ReadAsync(hasBody: true, CancellationToken.None);

            response.KeepsAlive.Should().BeTrue();
        }
    }

    [Fact]
    public async Task ReadAsync_AfterHead_TakesNoBodyWhateverIsAnnounced()
    {
        var response = await Reader($"{Ok}Content-Length: 1000\r\n\r\n").ReadAsync(hasBody: false, CancellationToken.None);

        response.Status.Should().Be(200);
    }

    [Fact]
    public async Task ReadAsync_OfABodyThatEndsWithTheConnection_SaysThatItIsOfNoUse()
    {
        var response = await Reader($"{Ok}\r\nsome").ReadAsync(hasBody: true, CancellationToken.None);

        response.KeepsAlive.Should().BeFalse();
    }

    [Theory]
    [InlineData($"{Ok}\r\nX", false)]
    [InlineData($"{Ok}Content-Length: 1\r\n\r\nXY", true)]
    [InlineData($"{Ok}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nX", true)]
    [InlineData($"{Ok}Transfer-Encoding: chunked\r\n\r\n1\r\nXY\r\n0\r\n\r\n", true)]
    [InlineData($"{Ok}Transfer-Encoding: chunked\r\n\r\n-1\r\n", true)]
    [InlineData($"{Ok}Transfer-Encoding: chunked\r\n\r\n 1\r\n", true)]
    [InlineData($"{Ok}Transfer-Encoding: chunked\r\n\r\n0x1\r\n", true)]
    [InlineData($"{Ok}Transfer-Encoding: chunked\r\n\r\n\r\n", true)]
    [InlineData($"{Ok}Transfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\n", true)]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\n\r\n", false)]
    public async Task ReadAsync_OfWhatCannotBeAnAnswer_RefusesIt(string answer, bool hasBody)
    {
        foreach (var pieceLength in (int[])[1, 100_000])
        {
            // A byte too many that was not read yet is the next answer's, which nobody asked for: whoever reads it refuses it then.
            var reader = Reader(answer, pieceLength);
            Func<Task> reading = async () =>
            {
                await reader.ReadAsync(hasBody, CancellationToken.None);
                await reader.ReadAsync(hasBody, CancellationToken.None);
            };

            await reading.Should().ThrowExactlyAsync<AccountUnavailableException>();
        }

        await FluentActions.Awaiting(() => Reader(answer).ReadAsync(hasBody, CancellationToken.None).AsTask()).Should().ThrowExactlyAsync<AccountUnavailableException>();
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\r\n")]
    [InlineData($"{Ok}Content-Length: 5\r\n\r\nabc")]
    [InlineData($"{Ok}Transfer-Encoding: chunked\r\n\r\n5\r\nabc")]
    public async Task ReadAsync_OfAnAnswerCutShort_SaysSo(string answer) =>
        await FluentActions.Awaiting(() => Reader(answer).ReadAsync(hasBody: true, CancellationToken.None).AsTask()).Should().ThrowExactlyAsync<AccountUnavailableException>().WithMessage("*closed the connection*");

    [Fact]
    public async Task ReadAsync_OfTheLongestHeadAndOneByteMore_ReadsTheFirst()
    {
        var longest = $"{Ok}A: {new string('b', NtlmResponseReader.MaxHeadLength - Ok.Length - 3)}";

        (await Reader($"{longest}\r\n\r\n").ReadAsync(hasBody: false, CancellationToken.None)).Status.Should().Be(200);
        await Refused($"{longest}b\r\n\r\n");
    }

    [Fact]
    public async Task ReadAsync_OfInterimAnswersWithoutEnd_StopsAtTheLimitOfAHead() =>
        await Refused(string.Concat(Enumerable.Repeat("HTTP/1.1 100 Continue\r\n\r\n", 10_000)));

    [Fact]
    public async Task ReadAsync_OfTheLongestBodyAndOneByteMore_ReadsTheFirst()
    {
        var longest = new string('b', NtlmResponseReader.MaxBodyLength);

        (await Reader($"{Ok}Content-Length: {longest.Length}\r\n\r\n{longest}").ReadAsync(hasBody: true, CancellationToken.None)).Status.Should().Be(200);
        await Refused($"{Ok}Content-Length: {longest.Length + 1}\r\n\r\n");
        await Refused($"{Ok}Transfer-Encoding: chunked\r\n\r\n{longest.Length:x}\r\n{longest}\r\n1\r\n");
    }

    [Fact]
    public async Task ReadAsync_OfTrailersWithoutEnd_StopsAtTheLimitOfAHead() =>
        await Refused($"{Ok}Transfer-Encoding: chunked\r\n\r\n0\r\n{string.Concat(Enumerable.Repeat("A: b\r\n", 20_000))}");

    private static async Task Refused(string answer) =>
        (await FluentActions.Awaiting(() => Reader(answer).ReadAsync(hasBody: true, CancellationToken.None).AsTask()).Should().ThrowExactlyAsync<AccountUnavailableException>())
            .Which.Message.Should().EndWith("its answer is too long.");

    private static NtlmResponseReader Reader(string answer, int pieceLength = 100_000) => new(new NtlmTestStream(Encoding.Latin1.GetBytes(answer), pieceLength), Refusal);
}
