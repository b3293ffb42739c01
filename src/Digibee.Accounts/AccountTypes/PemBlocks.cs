namespace Digibee.Accounts;

/// <summary>Goes from one <c>-----BEGIN …-----</c> block of a text to the next (RFC 7468, and the armor of RFC 9580, which looks alike); what stands between them is skipped. Takes time in proportion to the text.</summary>
internal ref struct PemBlocks(ReadOnlySpan<byte> text)
{
    private const int MaxLabelLength = 64;

    private ReadOnlySpan<byte> _rest = text;

    /// <summary>Gets the label of the current block, such as <c>PRIVATE KEY</c>.</summary>
    public ReadOnlySpan<byte> Label { get; private set; }

    /// <summary>Gets what stands between the two lines of the current block, headers included.</summary>
    public ReadOnlySpan<byte> Body { get; private set; }

    /// <summary>Gets whether the walk ended at a block without its end.</summary>
    public bool IsBroken { get; private set; }

    public bool MoveNext()
    {
        var begin = _rest.IndexOf("-----BEGIN "u8);
        if (begin < 0)
        {
            return false;
        }

        var rest = _rest[(begin + "-----BEGIN ".Length)..];
        var labelEnd = rest.IndexOf("-----"u8);
        if (labelEnd is <= 0 or > MaxLabelLength)
        {
            return Break();
        }

        Label = rest[..labelEnd];
        rest = rest[(labelEnd + "-----".Length)..];

        // The next line of dashes must be this block's end: to look further for it would take a text of many beginnings quadratic time.
        var bodyEnd = rest.IndexOf("-----"u8);
        if (bodyEnd < 0)
        {
            return Break();
        }

        Body = rest[..bodyEnd];
        rest = rest[bodyEnd..];
        if (!TrySkip(ref rest, "-----END "u8) || !TrySkip(ref rest, Label) || !TrySkip(ref rest, "-----"u8))
        {
            return Break();
        }

        _rest = rest;
        return true;
    }

    private static bool TrySkip(scoped ref ReadOnlySpan<byte> text, scoped ReadOnlySpan<byte> expected)
    {
        if (!text.StartsWith(expected))
        {
            return false;
        }

        text = text[expected.Length..];
        return true;
    }

    private bool Break()
    {
        IsBroken = true;
        return false;
    }
}
