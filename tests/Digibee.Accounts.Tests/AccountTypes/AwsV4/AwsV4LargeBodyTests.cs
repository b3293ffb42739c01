using System.Net;

namespace Digibee.Accounts;

/// <summary>Two GiB go by without being kept.</summary>
public sealed class AwsV4LargeBodyTests
{
    private const long Length = 2L * 1024 * 1024 * 1024;

    [Theory]
    [InlineData(AwsV4PayloadSigning.Hashed)]
    [InlineData(AwsV4PayloadSigning.SignedChunks)]
    [Trait("Category", "Slow")]
    public void Send_OfTwoGibibytes_AllocatesLessThanAMebibyte(AwsV4PayloadSigning payload)
    {
        var account = new AwsV4Account { Name = "aws", AccessKeyId = "AKIDEXAMPLE", SecretAccessKey = new Secret("s3cr3t"), AllowedOrigins = ["https://api.example"] };
        var source = new TestSource((_, _, _) => ValueTask.FromResult(TestSource.Opened(account)));
        using var sink = new Sink();
        using var client = source.CreateClient(sink, ["aws"]);
        var signing = new AwsV4Signing { Service = "s3", Region = "us-east-1", Payload = payload, TrailingChecksum = AwsV4TrailingChecksum.Crc32C };
        Send(client, signing, 100_000);

        // Synchronously, so that all of it is on this thread: other tests allocate meanwhile.
        var before = GC.GetAllocatedBytesForCurrentThread();
        Send(client, signing, Length);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        sink.Received.Should().BeGreaterThanOrEqualTo(Length);
        allocated.Should().BeLessThan(1024 * 1024);
    }

    private static void Send(HttpClient client, AwsV4Signing signing, long length)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "https://api.example/k") { Content = new StreamContent(new Zeros(length)) };
        request.UseAccount("aws", signing);
        using var response = client.Send(request);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private sealed class Sink : HttpMessageHandler
    {
        public long Received { get; private set; }

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var counter = new Counter();
            request.Content!.CopyTo(counter, context: null, cancellationToken);
            Received = counter.Position;
            return new HttpResponseMessage(HttpStatusCode.OK);
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class Counter : Zeros
    {
        public Counter()
            : base(long.MaxValue)
        {
        }

        public override bool CanWrite => true;

        public override void Write(ReadOnlySpan<byte> buffer) => Position += buffer.Length;

        public override void Write(byte[] buffer, int offset, int count) => Position += count;
    }

    // A file of zeros: it can seek, and answers at once.
    private class Zeros(long length) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get; set; }

        public override int Read(Span<byte> buffer)
        {
            var count = (int)Math.Min(buffer.Length, length - Position);
            buffer[..count].Clear();
            Position += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer.AsSpan(offset, count)));

        public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => Position + offset,
            _ => length + offset,
        };

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
