namespace Digibee.Accounts;

/// <summary>Stretches or shrinks a text so that each of its bits counts (RFC 3961, section 5.1): copies, each rotated right by 13 bits more, are added with end-around carry.</summary>
internal static class KerberosNfold
{
    private const int Rotation = 13;

    public static void Fold(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        var length = LeastCommonMultiple(text.Length, destination.Length);
        var sum = new int[destination.Length];
        for (var i = 0; i < length; i++)
        {
            sum[i % destination.Length] += ByteOf(text, i);
        }

        Carry(sum);
        for (var i = 0; i < sum.Length; i++)
        {
            destination[i] = (byte)sum[i];
        }

        Array.Clear(sum);
    }

    // One byte of the row of rotated copies.
    private static int ByteOf(ReadOnlySpan<byte> text, int index)
    {
        var bits = text.Length * 8;
        var copy = index / text.Length;
        var start = index % text.Length * 8;

        // Rotated right by n: bit b of the copy is bit b - n of the text.
        var value = 0;
        for (var bit = 0; bit < 8; bit++)
        {
            var source = (int)(((long)start + bit - ((long)copy * Rotation % bits) + bits) % bits);
            value = (value << 1) | ((text[source / 8] >> (7 - (source % 8))) & 1);
        }

        return value;
    }

    // One's complement addition: what leaves on the left comes in on the right.
    private static void Carry(int[] sum)
    {
        var carry = 0;
        do
        {
            for (var i = sum.Length - 1; i >= 0; i--)
            {
                carry += sum[i];
                sum[i] = carry & 0xFF;
                carry >>= 8;
            }
        }
        while (carry != 0);
    }

    private static int LeastCommonMultiple(int one, int other)
    {
        var (a, b) = (one, other);
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return one / a * other;
    }
}
