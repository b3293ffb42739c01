using System.Text;

namespace Digibee.Accounts;

/// <summary>The headers that are signed: their lines and their names, in lower case and in the order of their names. For one owner at a time.</summary>
internal sealed class AwsV4HeaderLines
{
    private const int KeptLines = 256;

    private static readonly Comparison<Line> ByName = static (left, right) =>
        CompareInLowerCase(left.Name, right.Name) is var order && order != 0 ? order : left.Order.CompareTo(right.Order);

    private Line[] _lines = new Line[16];
    private int _count;

    /// <summary>Adds a header as it is sent. One that is sent twice is added twice, in that order.</summary>
    public void Add(string name, string value)
    {
        if (_count == _lines.Length)
        {
            Array.Resize(ref _lines, 2 * _count);
        }

        _lines[_count] = new(name, value, _count);
        _count++;
    }

    /// <summary>Appends the lines, each with its line break.</summary>
    public void AppendLines(AwsV4Text text)
    {
        var lines = _lines.AsSpan(0, _count);
        lines.Sort(ByName);
        for (var i = 0; i < lines.Length; i++)
        {
            if (IsRepeated(lines, i))
            {
                text.Truncate(text.Length - 1);
                text.Append((byte)',');
            }
            else
            {
                AppendInLowerCase(text, lines[i].Name);
                text.Append((byte)':');
            }

            AppendValue(text, lines[i].Value);
            text.Append((byte)'\n');
        }
    }

    /// <summary>Appends the names, separated by semicolons. Call it after <see cref="AppendLines"/>, which sorts them.</summary>
    public void AppendNames(AwsV4Text text)
    {
        var lines = _lines.AsSpan(0, _count);
        for (var i = 0; i < lines.Length; i++)
        {
            if (!IsRepeated(lines, i))
            {
                if (i > 0)
                {
                    text.Append((byte)';');
                }

                AppendInLowerCase(text, lines[i].Name);
            }
        }
    }

    /// <summary>Appends a value without the spaces around it, and one for several inside. Spaces of ASCII only: what else looks like one is part of the value.</summary>
    public static void AppendValue(AwsV4Text text, ReadOnlySpan<char> value)
    {
        value = value.Trim(' ');
        while (value.IndexOf("  ", StringComparison.Ordinal) is var gap and >= 0)
        {
            text.Append(value[..(gap + 1)]);
            value = value[gap..].TrimStart(' ');
        }

        text.Append(value);
    }

    public void Clear()
    {
        // One of the values is a session token.
        Array.Clear(_lines, 0, _count);
        _count = 0;
        if (_lines.Length > KeptLines)
        {
            _lines = new Line[16];
        }
    }

    private static bool IsRepeated(ReadOnlySpan<Line> lines, int index) => index > 0 && CompareInLowerCase(lines[index - 1].Name, lines[index].Name) == 0;

    // Lower case is what is signed, and it sorts otherwise than upper case: an underscore stands between the two.
    private static int CompareInLowerCase(string left, string right)
    {
        var common = Math.Min(left.Length, right.Length);
        for (var i = 0; i < common; i++)
        {
            var difference = char.ToLowerInvariant(left[i]) - char.ToLowerInvariant(right[i]);
            if (difference != 0)
            {
                return difference;
            }
        }

        return left.Length - right.Length;
    }

    private static void AppendInLowerCase(AwsV4Text text, string name)
    {
        var lower = text.Take(name.Length);
        Ascii.ToLower(name, lower, out _);
    }

    private readonly record struct Line(string Name, string Value, int Order);
}
