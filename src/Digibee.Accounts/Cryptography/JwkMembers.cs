using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>The members of a JSON Web Key (RFC 7517) that make up the key, as they stand in the text. No string is made of any.</summary>
internal ref struct JwkMembers
{
    public ReadOnlySpan<byte> Type;
    public ReadOnlySpan<byte> Curve;
    public ReadOnlySpan<byte> X;
    public ReadOnlySpan<byte> Y;
    public ReadOnlySpan<byte> N;
    public ReadOnlySpan<byte> E;
    public ReadOnlySpan<byte> D;
    public ReadOnlySpan<byte> P;
    public ReadOnlySpan<byte> Q;
    public ReadOnlySpan<byte> DP;
    public ReadOnlySpan<byte> DQ;
    public ReadOnlySpan<byte> QI;

    /// <summary>Gets whether an RSA key has more than two primes.</summary>
    public bool HasOtherPrimes { get; private set; }

    /// <summary>Reads them; <see langword="false"/> when it is no object, or one of them is there twice or no plain text.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public bool TryRead(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            var isPlain = !reader.ValueIsEscaped;
            reader.Read();
            var value = reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped ? reader.ValueSpan : default;
            reader.Skip();
            if (isPlain && !TrySet(name, value))
            {
                return false;
            }
        }

        // Nothing may stand behind it: the reader throws.
        return !reader.Read();
    }

    private bool TrySet(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        switch (name)
        {
            case [(byte)'x']:
                return TrySet(ref X, value);
            case [(byte)'y']:
                return TrySet(ref Y, value);
            case [(byte)'n']:
                return TrySet(ref N, value);
            case [(byte)'e']:
                return TrySet(ref E, value);
            case [(byte)'d']:
                return TrySet(ref D, value);
            case [(byte)'p']:
                return TrySet(ref P, value);
            case [(byte)'q']:
                return TrySet(ref Q, value);
            case [(byte)'d', (byte)'p']:
                return TrySet(ref DP, value);
            case [(byte)'d', (byte)'q']:
                return TrySet(ref DQ, value);
            case [(byte)'q', (byte)'i']:
                return TrySet(ref QI, value);
            case [(byte)'k', (byte)'t', (byte)'y']:
                return TrySet(ref Type, value);
            case [(byte)'c', (byte)'r', (byte)'v']:
                return TrySet(ref Curve, value);
            case [(byte)'o', (byte)'t', (byte)'h']:
                HasOtherPrimes = true;
                return true;
            default:
                return true;
        }
    }

    // Two of one name would be read as one by us and as the other by somebody else (RFC 7517, section 4).
    private static bool TrySet(ref ReadOnlySpan<byte> member, ReadOnlySpan<byte> value)
    {
        var isFirst = member.IsEmpty && !value.IsEmpty;
        member = value;
        return isFirst;
    }
}
