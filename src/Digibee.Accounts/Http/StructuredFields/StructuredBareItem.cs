using System.Runtime.InteropServices;

namespace Digibee.Accounts;

/// <summary>A bare item (RFC 9651, section 3.3). One that exists can be serialised.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct StructuredBareItem
{
    /// <summary>The greatest integer; the least is its negative. Of a decimal, this many thousandths.</summary>
    public const long MaxNumber = 999_999_999_999_999;

    private StructuredBareItem(StructuredKind kind, long number, string? text = null, byte[]? bytes = null)
    {
        Kind = kind;
        Number = number;
        Text = text;
        Bytes = bytes;
    }

    public static StructuredBareItem True { get; } = new(StructuredKind.Boolean, 1);

    public static StructuredBareItem False { get; } = new(StructuredKind.Boolean, 0);

    public StructuredKind Kind { get; }

    /// <summary>Gets an integer, a decimal's thousandths, a date's seconds of Unix time, or 1 for true.</summary>
    public long Number { get; }

    /// <summary>Gets a string, token or display string.</summary>
    public string? Text { get; }

    /// <summary>Gets a byte sequence.</summary>
    public byte[]? Bytes { get; }

    public bool IsTrue => Kind == StructuredKind.Boolean && Number == 1;

    public static StructuredBareItem Integer(long value) => new(StructuredKind.Integer, InRange(value));

    public static StructuredBareItem Decimal(long thousandths) => new(StructuredKind.Decimal, InRange(thousandths));

    public static StructuredBareItem Date(long seconds) => new(StructuredKind.Date, InRange(seconds));

    public static StructuredBareItem String(string value) => StructuredSyntax.IsString(value) ? new(StructuredKind.String, 0, value)
        : throw new ArgumentException("A string of a structured field holds visible ASCII and spaces only (RFC 9651, section 3.3.3).", nameof(value));

    public static StructuredBareItem Token(string value) => StructuredSyntax.IsToken(value) ? new(StructuredKind.Token, 0, value)
        : throw new ArgumentException("It is no token of a structured field (RFC 9651, section 3.3.4).", nameof(value));

    public static StructuredBareItem ByteSequence(byte[] value) => new(StructuredKind.ByteSequence, 0, bytes: value);

    public static StructuredBareItem DisplayString(string value) => StructuredSyntax.IsUnicode(value) ? new(StructuredKind.DisplayString, 0, value)
        : throw new ArgumentException("A display string holds no half of a surrogate pair (RFC 9651, section 3.3.8).", nameof(value));

    private static long InRange(long value) => value is >= -MaxNumber and <= MaxNumber ? value
        : throw new ArgumentOutOfRangeException(nameof(value), "A number of a structured field has 15 digits at most (RFC 9651, section 3.3.1).");
}
