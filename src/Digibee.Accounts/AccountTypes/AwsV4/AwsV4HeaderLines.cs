using System.Runtime.InteropServices;
using System.Text;

namespace Digibee.Accounts;

/// <summary>The headers that are signed: their lines and their names, in lower case and in the order of their names. For one owner at a time.</summary>
internal sealed class AwsV4HeaderLines
{
    private const int KeptLines = 256;

    // In lower case, which is what is signed. It sorts otherwise than upper case: an underscore stands between the two.
    private readonly SigningText _names = new();
    private Line[] _lines = new Line[16];

    // Indices into the lines, by name. Sorted as they come in: a signature has half a dozen, and a sort that moves lines and calls back for each comparison took longer than all else here.
    private int[] _order = new int[16];
    private int _count;

    /// <summary>Adds a header as it is sent. One that is sent twice is added twice, in that order.</summary>
    public void Add(string name, string value)
    {
        if (_count == _lines.Length)
        {
            Array.Resize(ref _lines, 2 * _count);
            Array.Resize(ref _order, 2 * _count);
        }

        var start = _names.Length;
        Ascii.ToLower(name, _names.Take(name.Length), out _);
        _lines[_count] = new(start, name.Length, value);
        var position = PositionOf(_names.Written[start..]);
        _order.AsSpan(position, _count - position).CopyTo(_order.AsSpan(position + 1));
        _order[position] = _count;
        _count++;
    }

    /// <summary>Gives names and values, in the order of their names.</summary>
    public List<KeyValuePair<string, string>> ToList()
    {
        var list = new List<KeyValuePair<string, string>>(_count);
        for (var i = 0; i < _count; i++)
        {
            list.Add(new(Encoding.ASCII.GetString(NameAt(i)), _lines[_order[i]].Value));
        }

        return list;
    }

    /// <summary>Appends the lines, each with its line break.</summary>
    public void AppendLines(SigningText text)
    {
        for (var i = 0; i < _count; i++)
        {
            if (IsRepeated(i))
            {
                text.Truncate(text.Length - 1);
                text.Append((byte)',');
            }
            else
            {
                text.Append(NameAt(i));
                text.Append((byte)':');
            }

            AppendValue(text, _lines[_order[i]].Value);
            text.Append((byte)'\n');
        }
    }

    /// <summary>Appends the names, separated by semicolons.</summary>
    public void AppendNames(SigningText text)
    {
        for (var i = 0; i < _count; i++)
        {
            if (!IsRepeated(i))
            {
                if (i > 0)
                {
                    text.Append((byte)';');
                }

                text.Append(NameAt(i));
            }
        }
    }

    /// <summary>Appends a value without the spaces around it, and one for several inside. Spaces of ASCII only: what else looks like one is part of the value.</summary>
    public static void AppendValue(SigningText text, ReadOnlySpan<char> value)
    {
        // Most have none, and one sign is found faster than two.
        if (!value.Contains(' '))
        {
            text.Append(value);
            return;
        }

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
            _order = new int[16];
        }
    }

    // Behind all that are not greater: of one name, the first comes first.
    private int PositionOf(ReadOnlySpan<byte> name)
    {
        var (low, high) = (0, _count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (name.SequenceCompareTo(NameAt(middle)) < 0)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    private ReadOnlySpan<byte> NameAt(int position)
    {
        ref readonly var line = ref _lines[_order[position]];
        return _names.Written.Slice(line.NameStart, line.NameLength);
    }

    private bool IsRepeated(int position) => position > 0 && NameAt(position - 1).SequenceEqual(NameAt(position));

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Line(int NameStart, int NameLength, string Value);
}
