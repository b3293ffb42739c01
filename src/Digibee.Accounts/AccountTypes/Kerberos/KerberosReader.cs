using System.Formats.Asn1;
using System.Globalization;
using System.Text;

namespace Digibee.Accounts;

/// <summary>Reads a message in place, by the distinguished encoding rules that RFC 4120, section 5, demands. What is malformed throws <see cref="AsnContentException"/>; nothing is larger or deeper than the message.</summary>
internal ref struct KerberosReader(ReadOnlySpan<byte> data)
{
    private static readonly Asn1Tag GeneralString = new(UniversalTagNumber.GeneralString);

    private ReadOnlySpan<byte> _rest = data;

    public readonly bool HasData => !_rest.IsEmpty;

    /// <summary>Opens the whole of a message, with nothing behind it.</summary>
    public static KerberosReader OfMessage(ReadOnlySpan<byte> message, int applicationTag)
    {
        var reader = new KerberosReader(message);
        var content = reader.Take(new Asn1Tag(TagClass.Application, applicationTag, isConstructed: true));
        if (reader.HasData)
        {
            throw new AsnContentException();
        }

        return new KerberosReader(content).Sequence();
    }

    public KerberosReader Sequence() => new(Take(Asn1Tag.Sequence));

    /// <summary>Opens a field, which must be there.</summary>
    public KerberosReader Field(int number) => new(Take(ContextTag(number)));

    /// <summary>Opens a field, if it is there.</summary>
    public bool TryField(int number, out KerberosReader field)
    {
        field = default;
        if (!HasData || !Asn1Tag.TryDecode(_rest, out var tag, out _) || tag != ContextTag(number))
        {
            return false;
        }

        field = Field(number);
        return true;
    }

    /// <summary>Gives the next value as it is encoded, tag and length included.</summary>
    public ReadOnlySpan<byte> Encoded()
    {
        AsnDecoder.ReadEncodedValue(_rest, AsnEncodingRules.DER, out _, out _, out var consumed);
        var encoded = _rest[..consumed];
        _rest = _rest[consumed..];
        return encoded;
    }

    /// <summary>Passes over what comes before a field, and the field's absence. Fields stand in ascending order.</summary>
    public void SkipFieldsBefore(int number)
    {
        while (HasData && Asn1Tag.TryDecode(_rest, out var tag, out _) && tag.TagClass == TagClass.ContextSpecific && tag.TagValue < number)
        {
            Encoded();
        }
    }

    public int Number()
    {
        var isSmall = AsnDecoder.TryReadInt32(_rest, AsnEncodingRules.DER, out var number, out var consumed);
        _rest = _rest[consumed..];
        return isSmall ? number : throw new AsnContentException();
    }

    /// <summary>Reads an unsigned number of 32 bits. Some write those above the middle as negative numbers.</summary>
    public uint Number32()
    {
        var isSmall = AsnDecoder.TryReadInt64(_rest, AsnEncodingRules.DER, out var number, out var consumed);
        _rest = _rest[consumed..];
        return isSmall && number is >= int.MinValue and <= uint.MaxValue ? unchecked((uint)number) : throw new AsnContentException();
    }

    public ReadOnlySpan<byte> Octets() => Take(Asn1Tag.PrimitiveOctetString);

    /// <summary>Reads a KerberosString: UTF-8 in practice, though GeneralString promises less.</summary>
    public string Text() => Encoding.UTF8.GetString(Take(GeneralString));

    public DateTimeOffset Time()
    {
        var time = AsnDecoder.ReadGeneralizedTime(_rest, AsnEncodingRules.DER, out var consumed);
        _rest = _rest[consumed..];
        return time;
    }

    public string ObjectIdentifier()
    {
        var identifier = AsnDecoder.ReadObjectIdentifier(_rest, AsnEncodingRules.DER, out var consumed);
        _rest = _rest[consumed..];
        return identifier;
    }

    /// <summary>Reads a PrincipalName of a realm.</summary>
    public KerberosPrincipal Principal(string realm)
    {
        var name = Sequence();
        var type = name.Field(0).Number();
        var texts = name.Field(1).Sequence();
        var parts = new List<string>();
        while (texts.HasData)
        {
            parts.Add(texts.Text());
        }

        return new(realm, (KerberosNameType)type, [.. parts]);
    }

    /// <summary>Reads EncryptedData.</summary>
    public KerberosEncryptedData EncryptedData()
    {
        var encrypted = Sequence();
        var type = encrypted.Field(0).Number();
        var version = encrypted.TryField(1, out var field) ? field.Number32() : (uint?)null;
        return new(type, version, encrypted.Field(2).Octets().ToArray());
    }

    public override readonly string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_rest.Length} bytes");

    private static Asn1Tag ContextTag(int number) => new(TagClass.ContextSpecific, number, isConstructed: true);

    private ReadOnlySpan<byte> Take(Asn1Tag expected)
    {
        var tag = AsnDecoder.ReadEncodedValue(_rest, AsnEncodingRules.DER, out var offset, out var length, out var consumed);
        if (tag != expected)
        {
            throw new AsnContentException();
        }

        var content = _rest.Slice(offset, length);
        _rest = _rest[consumed..];
        return content;
    }
}
