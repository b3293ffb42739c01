using System.Globalization;

namespace Digibee.Accounts;

/// <summary>A row's tag: the number of the write that made it, as text. Numbers are given once for the whole file.</summary>
internal static class SqliteTag
{
    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    // Compared as text: what parses to the same number is still not the tag that was given out.
    public static bool Is(long number, string? tag) => tag is not null && Text(number) == tag;
}
