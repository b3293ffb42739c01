using System.Buffers;
using System.Buffers.Text;

namespace Digibee.Accounts;

/// <summary>The written forms of a symmetric key.</summary>
internal static class SecretKeySyntax
{
    private static readonly SearchValues<byte> HexadecimalDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    // What the platform's decoder skips, RFC 4648, section 3.3, does not take.
    private static readonly SearchValues<byte> WhiteSpace = SearchValues.Create(" \t\r\n"u8);

    /// <summary>Gives the key's length in bytes; <see langword="null"/> when it is not written that way or is empty.</summary>
    public static int? Length(ReadOnlySpan<byte> key, SecretKeyEncoding encoding)
    {
        var length = key.Length;
        var isWrittenSo = encoding switch
        {
            SecretKeyEncoding.Hexadecimal => !key.ContainsAnyExcept(HexadecimalDigits) && Halve(ref length),
            SecretKeyEncoding.Base64 => !key.ContainsAny(WhiteSpace) && Base64.IsValid(key, out length),
            _ => true,
        };
        return isWrittenSo && length > 0 ? length : null;
    }

    /// <summary>Gives the key's bytes, on the pinned heap and the caller's to wipe; <see langword="null"/> when it is not written that way or is empty.</summary>
    public static byte[]? Decode(ReadOnlySpan<byte> key, SecretKeyEncoding encoding)
    {
        if (Length(key, encoding) is not { } length)
        {
            return null;
        }

        var decoded = GC.AllocateUninitializedArray<byte>(length, pinned: true);
        switch (encoding)
        {
            case SecretKeyEncoding.Hexadecimal:
                Convert.FromHexString(key, decoded, out _, out _);
                break;
            case SecretKeyEncoding.Base64:
                Base64.DecodeFromUtf8(key, decoded, out _, out _);
                break;
            default:
                key.CopyTo(decoded);
                break;
        }

        return decoded;
    }

    private static bool Halve(ref int length)
    {
        var isEven = length % 2 == 0;
        length /= 2;
        return isEven;
    }
}
