using System.Runtime.InteropServices;

namespace Digibee.Accounts;

public sealed class SecretBufferWriterTests
{
    [Fact]
    public void ToSecretBuffer_OfPieces_HoldsThemAllInOrder()
    {
        using var writer = new SecretBufferWriter();
        for (var i = 0; i < 100; i++)
        {
            writer.GetSpan(i)[..i].Fill((byte)i);
            writer.Advance(i);
        }

        using var buffer = writer.ToSecretBuffer();

        buffer.Span.ToArray().Should().Equal(Enumerable.Range(0, 100).SelectMany(static i => Enumerable.Repeat((byte)i, i)));
    }

    [Fact]
    public void GetMemory_ThatOutgrowsTheArray_WipesIt()
    {
        var writer = new SecretBufferWriter();
        var first = Array(writer.GetMemory());
        first.AsSpan().Fill(0xAA);
        writer.Advance(first.Length);

        var second = Array(writer.GetMemory(1));

        second.Should().NotBeSameAs(first);
        second.Take(first.Length).Should().OnlyContain(static b => b == 0xAA);
        first.Should().OnlyContain(static b => b == 0);
        writer.Dispose();
        second.Should().OnlyContain(static b => b == 0);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1_000_000)]
    public void Advance_BeyondWhatThereIs_IsRefused(int count)
    {
        using var writer = new SecretBufferWriter();

        writer.Invoking(writer => writer.Advance(count)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Write_OfAnAccount_LeavesItsSecretInNoRentedArray()
    {
        // A key with line breaks has to be escaped, which the platform does in rented arrays.
        var key = $"-----BEGIN PRIVATE KEY-----\n{new string('K', 3_000)}\n-----END PRIVATE KEY-----\n";
        var account = new PrivateKeyAccount { Name = "a", Key = new Secret(key) };
        foreach (var length in RentedLengths)
        {
            var array = System.Buffers.ArrayPool<byte>.Shared.Rent(length);
            array.AsSpan().Clear();
            System.Buffers.ArrayPool<byte>.Shared.Return(array);
        }

        AccountPayload.Write(account).Dispose();

        foreach (var length in RentedLengths)
        {
            var array = System.Buffers.ArrayPool<byte>.Shared.Rent(length);
            array.AsSpan().IndexOf("KKKKKKKK"u8).Should().Be(-1);
            System.Buffers.ArrayPool<byte>.Shared.Return(array);
        }
    }

    private static readonly int[] RentedLengths = [256, 512, 1024, 2048, 4096, 8192, 16_384, 32_768];

    private static byte[] Array(Memory<byte> memory) =>
        MemoryMarshal.TryGetArray<byte>(memory, out var segment) ? segment.Array! : throw new InvalidOperationException();
}
