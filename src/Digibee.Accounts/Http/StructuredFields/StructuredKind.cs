namespace Digibee.Accounts;

/// <summary>The types of bare items (RFC 9651, section 3.3).</summary>
internal enum StructuredKind
{
    Integer = 0,
    Decimal,
    String,
    Token,
    ByteSequence,
    Boolean,
    Date,
    DisplayString,
}
