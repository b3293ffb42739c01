using System.Runtime.CompilerServices;

namespace Digibee.Accounts;

public sealed class SecretBufferTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    [InlineData(1_024)]
    [InlineData(8_000)]
    [InlineData(100_000)]
    public void Dispose_OfABufferWithASecret_LeavesNothingOfItInMemory(int length)
    {
        var buffer = new SecretBuffer(length, length);
        buffer.Span.Fill(0xA7);
        var memory = Memory(buffer)!;

        buffer.Truncate(length / 2);
        buffer.Dispose();

        memory.AsSpan(0, length).IndexOf((byte)0xA7).Should().Be(-1);
        Memory(buffer).Should().BeNull();
    }

    [Fact]
    public void Open_ThenDispose_LeavesNoPlaintextInMemory()
    {
        var canary = "canary-91c2-opened-content"u8;
        using var ring = TestSeals.Ring(3);
        var sealer = new AccountSealer(ring);
        var buffer = sealer.Open(TestSeals.Context, sealer.Seal(TestSeals.Context, canary));
        var memory = Memory(buffer)!;
        var before = memory.AsSpan().IndexOf(canary);

        buffer.Dispose();

        before.Should().Be(0, "otherwise the test looks at the wrong memory");
        memory.AsSpan().IndexOf(canary[..7]).Should().Be(-1);
    }

    [Fact]
    public void Span_AfterDispose_Throws()
    {
        var buffer = new SecretBuffer(8, 8);
        buffer.Dispose();

        var reading = () => buffer.Span.Length;

        reading.Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void Dispose_Twice_GivesTheMemoryBackOnce()
    {
        var buffer = new SecretBuffer(100, 100);
        buffer.Dispose();
        buffer.Dispose();

        var others = Enumerable.Range(0, 200).Select(static _ => new SecretBuffer(100, 100)).ToArray();

        others.Select(static other => Memory(other)!).Distinct(ReferenceEqualityComparer.Instance).Should().HaveCount(200, "no two buffers may share memory");
        Array.ForEach(others, static other => other.Dispose());
    }

    [Fact]
    public void Truncate_ToFewerBytes_ShortensTheSpan()
    {
        using var buffer = new SecretBuffer(64, 64);

        buffer.Truncate(3);

        buffer.Span.Length.Should().Be(3);
        var growing = () => buffer.Truncate(4);
        growing.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Constructor_WithMoreInUseThanReserved_IsRefused()
    {
        var making = () => new SecretBuffer(8, 9);

        making.Should().Throw<ArgumentOutOfRangeException>();
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_bytes")]
    private static extern ref byte[]? Memory(SecretBuffer buffer);
}
