using System.Diagnostics.CodeAnalysis;

namespace Digibee.Accounts;

/// <summary>Keys with their values, in order: a dictionary or the parameters of an item (RFC 9651, sections 3.1.2 and 3.2). A key that comes again has its last value, at its first place.</summary>
/// <typeparam name="TValue">A member or a bare item.</typeparam>
internal sealed class StructuredMap<TValue>
{
    // So many are found as fast one after the other.
    private const int MaxWithoutIndex = 16;

    private readonly List<KeyValuePair<string, TValue>> _entries = [];
    private Dictionary<string, int>? _index;

    public int Count => _entries.Count;

    public KeyValuePair<string, TValue> this[int index] => _entries[index];

    public void Set(string key, TValue value)
    {
        var index = IndexOf(key);
        if (index < 0)
        {
            _entries.Add(new(key, value));
            AddToIndex(key);
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

    // A thousand keys, read for each of a signature's components, would keep a processor busy for seconds.
    private void AddToIndex(string key)
    {
        if (_index is not null)
        {
            _index.Add(key, _entries.Count - 1);
        }
        else if (_entries.Count > MaxWithoutIndex)
        {
            _index = new(StringComparer.Ordinal);
            for (var i = 0; i < _entries.Count; i++)
            {
                _index.Add(_entries[i].Key, i);
            }
        }
    }

    private int IndexOf(string key)
    {
        if (_index is not null)
        {
            return _index.TryGetValue(key, out var index) ? index : -1;
        }

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
