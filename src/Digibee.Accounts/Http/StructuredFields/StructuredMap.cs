using System.Diagnostics.CodeAnalysis;

namespace Digibee.Accounts;

/// <summary>Keys with their values, in order: a dictionary or the parameters of an item (RFC 9651, sections 3.1.2 and 3.2). A key that comes again has its last value, at its first place.</summary>
/// <typeparam name="TValue">A member or a bare item.</typeparam>
internal sealed class StructuredMap<TValue>
{
    private readonly List<KeyValuePair<string, TValue>> _entries = [];

    public int Count => _entries.Count;

    public KeyValuePair<string, TValue> this[int index] => _entries[index];

    public void Set(string key, TValue value)
    {
        // One after the other: the reader takes so few that nobody can make this slow.
        var index = IndexOf(key);
        if (index < 0)
        {
            _entries.Add(new(key, value));
        }
        else
        {
            _entries[index] = new(key, value);
        }
    }

    public bool TryGet(string key, [MaybeNullWhen(false)] out TValue value)
    {
        var index = IndexOf(key);
        value = index < 0 ? default : _entries[index].Value;
        return index >= 0;
    }

    private int IndexOf(string key)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            if (_entries[i].Key == key)
            {
                return i;
            }
        }

        return -1;
    }
}
