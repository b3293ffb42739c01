namespace Digibee.Accounts;

public sealed class AwsV4PayloadTests
{
    [Fact]
    public void Send_WithALongStream_KeepsNothingOfItInMemory()
    {
        var hash = "";
        var account = new AwsV4Account { Name = "aws", AccessKeyId = "AKIDEXAMPLE", SecretAccessKey = new Secret("s3cr3t"), Service = "s3", Region = "us-east-1", AllowedOrigins = ["https://api.example"] };
        using var client = new TestSource((_, _, _) => new(TestSource.Opened(account))).CreateClient(
            new TestPrimaryHandler(request =>
            {
                hash = request.Headers.NonValidated["X-Amz-Content-Sha256"].ToString();
                return new HttpResponseMessage();
            }),
            ["aws"]);
        using var zeros = new ZeroStream(64 << 20);
        using var request = new HttpRequestMessage(HttpMethod.Put, "https://api.example/k") { Content = new StreamContent(zeros) };
        var before = GC.GetAllocatedBytesForCurrentThread();

        // On this thread, whose memory is counted.
        using var response = client.Send(request);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // sha256sum of 64 MiB of zeros.
        hash.Should().Be("3b6a07d0d404fab4e23b6d34bc6696a6a312dd92821332385e5af7c01c421351");
        allocated.Should().BeLessThan(1 << 20);
    }

    [Fact]
    public async Task SendAsync_AfterAContentThatFailed_HashesTheNextOneFromItsStart()
    {
        var sent = new List<string>();
        var account = new AwsV4Account { Name = "aws", AccessKeyId = "AKIDEXAMPLE", SecretAccessKey = new Secret("s3cr3t"), Service = "s3", Region = "us-east-1", AllowedOrigins = ["https://api.example"] };
        using var client = new TestSource((_, _, _) => new(TestSource.Opened(account))).CreateClient(
            new TestPrimaryHandler(request =>
            {
                sent.Add(request.Headers.NonValidated["X-Amz-Content-Sha256"].ToString());
                return new HttpResponseMessage();
            }),
            ["aws"]);
        using var broken = new ZeroStream(100_000) { FailsAt = 50_000 };
        var failing = () => client.PutAsync("https://api.example/k", new StreamContent(broken));

        var failure = (await failing.Should().ThrowAsync<AccountUnavailableException>()).Which;
        failure.Message.Should().Contain("content could not be read");
        failure.InnerException!.GetBaseException().Should().BeOfType<IOException>("the content is the caller's, and so is its failure");
        using var response = await client.PutAsync("https://api.example/k", new StringContent("body"));

        sent.Should().Equal(AwsV4Case.Hash("body"));
    }

    [Fact]
    public void Send_OfAContentThatWaitsWhenItIsAskedAsynchronously_HashesItOnTheCallersThread()
    {
        var hash = "";
        var account = new AwsV4Account { Name = "aws", AccessKeyId = "AKIDEXAMPLE", SecretAccessKey = new Secret("s3cr3t"), Service = "s3", Region = "us-east-1", AllowedOrigins = ["https://api.example"] };
        using var client = new TestSource((_, _, _) => new(TestSource.Opened(account))).CreateClient(
            new TestPrimaryHandler(request =>
            {
                hash = request.Headers.NonValidated["X-Amz-Content-Sha256"].ToString();
                return new HttpResponseMessage();
            }),
            ["aws"]);
        using var request = new HttpRequestMessage(HttpMethod.Put, "https://api.example/k") { Content = new SynchronousContent() };
        request.AllowContentReplay();

        using var response = client.Send(request);

        hash.Should().Be(AwsV4Case.Hash("body"));
    }

    // Asynchronously it would never end, as one that needs the thread that waits for it.
    private sealed class SynchronousContent : HttpContent
    {
        protected override void SerializeToStream(Stream stream, System.Net.TransportContext? context, CancellationToken cancellationToken) => stream.Write("body"u8);

        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => new TaskCompletionSource().Task;

        protected override bool TryComputeLength(out long length)
        {
            length = 4;
            return true;
        }
    }

    // As many zeros as it is told, without holding them.
    private sealed class ZeroStream(long length) : Stream
    {
        public long FailsAt { get; init; } = long.MaxValue;

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, length - Position);
            buffer.AsSpan(offset, read).Clear();
            Position += read;
            return Position > FailsAt ? throw new IOException("s3cr3t") : read;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = (int)Math.Min(buffer.Length, length - Position);
            buffer.Span[..read].Clear();
            Position += read;
            return Position > FailsAt ? throw new IOException("s3cr3t") : ValueTask.FromResult(read);
        }

        public override long Seek(long offset, SeekOrigin origin) => Position = offset;

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
