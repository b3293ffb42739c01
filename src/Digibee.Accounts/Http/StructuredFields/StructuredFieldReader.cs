using System.Diagnostics.CodeAnalysis;

namespace Digibee.Accounts;

/// <summary>Reads structured fields, strictly and within bounds (RFC 9651, section 4.2). What it does not take is no structured field, or one larger than anybody means.</summary>
internal ref struct StructuredFieldReader
{
    /// <summary>The longest field that is read.</summary>
    public const int MaxLength = 65_536;

    // What a parser has to take at least (RFC 9651, sections 3.1, 3.1.1, 3.1.2 and 3.2).
    private const int MaxMembers = 1_024;
    private const int MaxInnerItems = 256;
    private const int MaxParameters = 256;

    private StructuredInput _input;

    private StructuredFieldReader(ReadOnlySpan<char> text) => _input = new StructuredInput(text);

    public static bool TryReadItem(ReadOnlySpan<char> text, [NotNullWhen(true)] out StructuredMember? item)
    {
        item = null;
        var reader = new StructuredFieldReader(text);
        return reader.Begins() && reader.TryItem(out item) && reader.Ends();
    }

    public static bool TryReadList(ReadOnlySpan<char> text, out List<StructuredMember> list)
    {
        list = [];
        var reader = new StructuredFieldReader(text);
        return reader.Begins() && reader.TryMembers(list) && reader.Ends();
    }

    public static bool TryReadDictionary(ReadOnlySpan<char> text, out StructuredMap<StructuredMember> dictionary)
    {
        dictionary = new();
        var reader = new StructuredFieldReader(text);
        return reader.Begins() && reader.TryEntries(dictionary) && reader.Ends();
    }

    private bool Begins()
    {
        _input.SkipSpaces();
        return _input.Length <= MaxLength;
    }

    private bool Ends()
    {
        _input.SkipSpaces();
        return _input.IsEmpty;
    }

    private bool TryMembers(List<StructuredMember> list)
    {
        while (!_input.IsEmpty)
        {
            if (list.Count == MaxMembers || !TryItemOrInnerList(out var member))
            {
                return false;
            }

            list.Add(member);
            if (!TryNext(out var isEnd))
            {
                return false;
            }

            if (isEnd)
            {
                break;
            }
        }

        return true;
    }

    private bool TryEntries(StructuredMap<StructuredMember> dictionary)
    {
        while (!_input.IsEmpty)
        {
            if (dictionary.Count == MaxMembers || !_input.TryKey(out var key) || !TryValue(out var member))
            {
                return false;
            }

            dictionary.Set(key, member);
            if (!TryNext(out var isEnd))
            {
                return false;
            }

            if (isEnd)
            {
                break;
            }
        }

        return true;
    }

    private bool TryValue([NotNullWhen(true)] out StructuredMember? member)
    {
        if (_input.TryTake('='))
        {
            return TryItemOrInnerList(out member);
        }

        member = TryParameters(out var parameters) ? new StructuredMember(StructuredBareItem.True, parameters) : null;
        return member is not null;
    }

    // Behind a member: the end, or a comma and another one.
    private bool TryNext(out bool isEnd)
    {
        _input.SkipWhiteSpace();
        isEnd = _input.IsEmpty;
        if (isEnd)
        {
            return true;
        }

        if (!_input.TryTake(','))
        {
            return false;
        }

        _input.SkipWhiteSpace();
        return !_input.IsEmpty;
    }

    private bool TryItemOrInnerList([NotNullWhen(true)] out StructuredMember? member) => _input.TryTake('(') ? TryInnerList(out member) : TryItem(out member);

    private bool TryInnerList([NotNullWhen(true)] out StructuredMember? member)
    {
        member = null;
        var items = new List<StructuredMember>();
        while (true)
        {
            _input.SkipSpaces();
            if (_input.TryTake(')'))
            {
                member = TryParameters(out var parameters) ? new StructuredMember(items, parameters) : null;
                return member is not null;
            }

            if (items.Count == MaxInnerItems || !TryItem(out var item) || _input.Peek is not (' ' or ')'))
            {
                return false;
            }

            items.Add(item);
        }
    }

    private bool TryItem([NotNullWhen(true)] out StructuredMember? item)
    {
        item = StructuredBareItemReader.TryRead(ref _input, out var bare) && TryParameters(out var parameters) ? new StructuredMember(bare, parameters) : null;
        return item is not null;
    }

    private bool TryParameters(out StructuredMap<StructuredBareItem>? parameters)
    {
        parameters = null;
        while (_input.TryTake(';'))
        {
            _input.SkipSpaces();
            if (parameters?.Count == MaxParameters || !_input.TryKey(out var key))
            {
                return false;
            }

            var value = StructuredBareItem.True;
            if (_input.TryTake('=') && !StructuredBareItemReader.TryRead(ref _input, out value))
            {
                return false;
            }

            (parameters ??= new()).Set(key, value);
        }

        return true;
    }
}
