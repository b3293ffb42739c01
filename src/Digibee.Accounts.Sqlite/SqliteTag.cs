using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>A row's tag: a random number of 64 bits, as text. A count would give the same tags again after a backup was restored.</summary>
internal static class SqliteTag
{
    public static long New()
    {
        long number = 0;
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(new Span<long>(ref number)));
        return number;
    }

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    // Compared as text: what parses to the same number is still not the tag that was given out.
    public static bool Is(long number, string? tag) => tag is not null && Text(number) == tag;
}
