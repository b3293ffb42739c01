using System.Runtime.InteropServices;
using System.Text;

namespace Digibee.Accounts;

/// <summary>The headers that are signed: their lines and their names, in lower case and in the order of their names. For one owner at a time.</summary>
internal sealed class AwsV4HeaderLines
{
    private const int KeptLines = 256;

    // In lower case, which is what is signed. It sorts otherwise than upper case: an underscore stands between the two.
    private readonly SigningText _names = new();
    private readonly Comparison<Line> _byName;
    private Line[] _lines = new Line[16];
    private int _count;

    public AwsV4HeaderLines() => _byName = Compare;

    /// <summary>Adds a header as it is sent. One that is sent twice is added twice, in that order.</summary>
    public void Add(string name, string value)
    {
        if (_count == _lines.Length)
        {
            Array.Resize(ref _lines, 2 * _count);
        }

        var start = _names.Length;
        Ascii.ToLower(name, _names.Take(name.Length), out _);
        _lines[_count] = new(start, name.Length, value, _count);
        _count++;
    }

    /// <summary>Gives the names, separated by semicolons.</summary>
    public string Names()
    {
        var text = new SigningText();
        Sort();
        AppendNames(text);
        return Encoding.ASCII.GetString(text.Written);
    }

    /// <summary>Gives names and values, in the order of their names.</summary>
    public List<KeyValuePair<string, string>> ToList()
    {
        Sort();
        var list = new List<KeyValuePair<string, string>>(_count);
        foreach (var line in _lines.AsSpan(0, _count))
        {
            list.Add(new(Encoding.ASCII.GetString(NameOf(line)), line.Value));
        }

        return list;
    }

    /// <summary>Appends the lines, each with its line break.</summary>
    public void AppendLines(SigningText text)
    {
        Sort();
        var lines = _lines.AsSpan(0, _count);
        for (var i = 0; i < lines.Length; i++)
        {
            if (IsRepeated(lines, i))
            {
                text.Truncate(text.Length - 1);
                text.Append((byte)',');
            }
            else
            {
                text.Append(NameOf(lines[i]));
                text.Append((byte)':');
            }

            AppendValue(text, lines[i].Value);
            text.Append((byte)'\n');
        }
    }

    /// <summary>Appends the names, separated by semicolons. Call it after <see cref="AppendLines"/>, which sorts them.</summary>
    public void AppendNames(SigningText text)
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

                text.Append(NameOf(lines[i]));
            }
        }
    }

    /// <summary>Appends a value without the spaces around it, and one for several inside. Spaces of ASCII only: what else looks like one is part of the value.</summary>
    public static void AppendValue(SigningText text, ReadOnlySpan<char> value)
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
        _names.Clear();
        if (_lines.Length > KeptLines)
        {
            _lines = new Line[16];
        }
    }

    private void Sort() => _lines.AsSpan(0, _count).Sort(_byName);

    private ReadOnlySpan<byte> NameOf(in Line line) => _names.Written.Slice(line.NameStart, line.NameLength);

    private bool IsRepeated(ReadOnlySpan<Line> lines, int index) => index > 0 && NameOf(lines[index - 1]).SequenceEqual(NameOf(lines[index]));

    private int Compare(Line left, Line right) => NameOf(left).SequenceCompareTo(NameOf(right)) is var order && order != 0 ? order : left.Order - right.Order;

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Line(int NameStart, int NameLength, string Value, int Order);
}
