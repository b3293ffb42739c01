using System.Security.Cryptography;

namespace Digibee.Accounts;

public sealed class ReadAheadContentTests
{
    private readonly byte[] _body = RandomNumberGenerator.GetBytes(1_000);

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(999)]
    [InlineData(1_000)]
    [InlineData(5_000)]
    public async Task ReadAsync_UpToALimit_LeavesEveryByteInItsPlace(int limit)
    {
        using var buffered = Response();
        using var streamed = Response();
        using var synchronous = Response();

        var beginning = await ReadAheadContent.ReadAsync(buffered, limit, TestContext.Current.CancellationToken);
        await ReadAheadContent.ReadAsync(streamed, limit, TestContext.Current.CancellationToken);
        await ReadAheadContent.ReadAsync(synchronous, limit, TestContext.Current.CancellationToken);
        var stream = new MemoryStream();
        await (await streamed.Content.ReadAsStreamAsync()).CopyToAsync(stream);
        var copy = new MemoryStream();
        synchronous.Content.CopyTo(copy, null, TestContext.Current.CancellationToken);

        beginning.ToArray().Should().Equal(_body.Take(limit));
        (await buffered.Content.ReadAsByteArrayAsync()).Should().Equal(_body);
        stream.ToArray().Should().Equal(_body);
        copy.ToArray().Should().Equal(_body);
    }

    [Fact]
    public async Task ReadAsync_OfAnAnswer_KeepsItsHeadersAsTheyCame()
    {
        using var response = Response();
        response.Content.Headers.TryAddWithoutValidation("Content-Type", "not a type");
        response.Content.Headers.TryAddWithoutValidation("x-amz-meta-a", "1");

        await ReadAheadContent.ReadAsync(response, 10, TestContext.Current.CancellationToken);

        response.Content.Headers.NonValidated["Content-Type"].ToString().Should().Be("not a type");
        response.Content.Headers.ContentLength.Should().Be(1_000);
    }

    [Theory]
    [InlineData(2_000)]
    [InlineData(300)]
    public async Task ReadAsync_OfAnAnswerThatBreaksOff_LeavesTheFailureInItsPlace(int limit)
    {
        using var response = new HttpResponseMessage { Content = new StreamContent(new BrokenStream(_body, at: 500)) };

        var beginning = await ReadAheadContent.ReadAsync(response, limit, TestContext.Current.CancellationToken);
        var stream = await response.Content.ReadAsStreamAsync();
        var read = new byte[500];
        await stream.ReadExactlyAsync(read);
        var reading = () => stream.ReadAsync(read).AsTask();

        beginning.Length.Should().Be(Math.Min(limit, 500));
        read.Should().Equal(_body.Take(500));
        (await reading.Should().ThrowAsync<IOException>()).WithMessage("broken");
    }

    [Fact]
    public async Task Dispose_OfTheAnswer_DisposesWhatWasUnderneath()
    {
        var stream = new MemoryStream(_body);
        var response = new HttpResponseMessage { Content = new StreamContent(stream) };
        await ReadAheadContent.ReadAsync(response, 10, TestContext.Current.CancellationToken);

        response.Dispose();

        stream.CanRead.Should().BeFalse();
    }

    private HttpResponseMessage Response() => new() { Content = new StreamContent(new MemoryStream(_body)) { Headers = { ContentLength = _body.Length } } };

    private sealed class BrokenStream(byte[] body, int at) : MemoryStream(body, 0, at)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position == Length ? ValueTask.FromException<int>(new IOException("broken")) : base.ReadAsync(buffer, cancellationToken);
    }
}
