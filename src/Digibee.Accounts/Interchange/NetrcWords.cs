namespace Digibee.Accounts;

/// <summary>Takes the text of a <c>.netrc</c> file apart. A word in quotation marks may hold spaces, and a quotation mark or backslash behind a backslash.</summary>
internal ref struct NetrcWords(ReadOnlySpan<byte> text)
{
    private static ReadOnlySpan<byte> WhiteSpace => " \t\r\n"u8;

    private ReadOnlySpan<byte> _rest = text;
    private bool _isQuoted;

    /// <summary>Gets the word that was read last.</summary>
    public ReadOnlySpan<byte> Word { get; private set; }

    /// <summary>Gets the line it stands in, from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>Tells whether the word is this keyword; one in quotation marks is none.</summary>
    public readonly bool Is(ReadOnlySpan<byte> keyword) => !_isQuoted && Word.SequenceEqual(keyword);

    public bool Read()
    {
        SkipBlanks();
        if (_rest.IsEmpty)
        {
            return false;
        }

        _isQuoted = _rest[0] == (byte)'"';
        if (_isQuoted)
        {
            ReadQuoted();
            return true;
        }

        var end = _rest.IndexOfAny(WhiteSpace);
        Word = end < 0 ? _rest : _rest[..end];
        _rest = _rest[Word.Length..];
        return true;
    }

    /// <summary>Skips a macro: its name, and all up to an empty line.</summary>
    public void SkipMacro()
    {
        while (!_rest.IsEmpty)
        {
            var end = _rest.IndexOf((byte)'\n');
            var isLast = end < 0;
            _rest = isLast ? default : _rest[(end + 1)..];
            Line += isLast ? 0 : 1;
            if (_rest.StartsWith("\n"u8) || _rest.StartsWith("\r\n"u8))
            {
                return;
            }
        }
    }

    private void SkipBlanks()
    {
        while (!_rest.IsEmpty)
        {
            if (_rest[0] == (byte)'#')
            {
                var end = _rest.IndexOf((byte)'\n');
                _rest = end < 0 ? default : _rest[end..];
            }
            else if (WhiteSpace.Contains(_rest[0]))
            {
                Line += _rest[0] == (byte)'\n' ? 1 : 0;
                _rest = _rest[1..];
            }
            else
            {
                return;
            }
        }
    }

    private void ReadQuoted()
    {
        var end = 1;
        var hasEscapes = false;
        while (end < _rest.Length && _rest[end] is not ((byte)'"' or (byte)'\n'))
        {
            var isEscape = _rest[end] == (byte)'\\' && end + 1 < _rest.Length;
            hasEscapes |= isEscape;
            end += isEscape ? 2 : 1;
        }

        end = Math.Min(end, _rest.Length);
        var quoted = _rest[1..end];
        Word = hasEscapes ? Unescape(quoted) : quoted;
        _rest = _rest[Math.Min(end < _rest.Length && _rest[end] == (byte)'"' ? end + 1 : end, _rest.Length)..];
    }

    private static byte[] Unescape(ReadOnlySpan<byte> quoted)
    {
        var word = GC.AllocateUninitializedArray<byte>(quoted.Length, pinned: true);
        var length = 0;
        for (var i = 0; i < quoted.Length; i++)
        {
            if (quoted[i] == (byte)'\\' && i + 1 < quoted.Length)
            {
                i++;
            }

            word[length++] = quoted[i];
        }

        return word[..length];
    }
}
