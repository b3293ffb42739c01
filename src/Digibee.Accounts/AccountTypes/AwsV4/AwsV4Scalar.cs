namespace Digibee.Accounts;

/// <summary>A private scalar of the curve P-256, big-endian. Its arithmetic takes the same time for every value.</summary>
internal static class AwsV4Scalar
{
    // The order of the curve's group less 2 (SEC 2, section 2.4.2): what is above it has no successor in 1 to n-1.
    private static ReadOnlySpan<byte> OrderLess2 =>
    [
        0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xBC, 0xE6, 0xFA, 0xAD, 0xA7, 0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x4F,
    ];

    /// <summary>Adds one to a candidate; <see langword="false"/> when the result would not be a private key.</summary>
    public static bool TryIncrement(Span<byte> candidate)
    {
        var borrow = 0;
        for (var i = candidate.Length - 1; i >= 0; i--)
        {
            borrow = ((OrderLess2[i] - candidate[i] - borrow) >> 8) & 1;
        }

        var carry = 1;
        for (var i = candidate.Length - 1; i >= 0; i--)
        {
            carry += candidate[i];
            candidate[i] = (byte)carry;
            carry >>= 8;
        }

        return borrow == 0;
    }
}
