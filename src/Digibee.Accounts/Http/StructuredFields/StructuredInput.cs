using System.Diagnostics.CodeAnalysis;

namespace Digibee.Accounts;

/// <summary>A text and how far it was read.</summary>
internal ref struct StructuredInput(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text;

    public readonly bool IsEmpty => _rest.IsEmpty;

    public readonly int Length => _rest.Length;

    public readonly ReadOnlySpan<char> Rest => _rest;

    /// <summary>Gets the next character; NUL, which no structured field holds, at the end.</summary>
    public readonly char Peek => _rest.IsEmpty ? '\0' : _rest[0];

    public bool TryTake(char expected)
    {
        if (Peek != expected)
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }

    public ReadOnlySpan<char> Take(int count)
    {
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    public bool TryKey([NotNullWhen(true)] out string? key)
    {
        key = StructuredSyntax.StartsKey(Peek) ? Take(StructuredSyntax.KeyLength(_rest)).ToString() : null;
        return key is not null;
    }

    public void SkipSpaces() => _rest = _rest.TrimStart(' ');

    public void SkipWhiteSpace() => _rest = _rest.TrimStart(" \t");
}
