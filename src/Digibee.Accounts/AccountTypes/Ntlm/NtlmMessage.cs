using System.Buffers.Binary;

namespace Digibee.Accounts;

/// <summary>What all three messages have in common (MS-NLMP, section 2.2.1): a signature, a type, and fields that point into the rest.</summary>
internal static class NtlmMessage
{
    public const int TypeAt = 8;
    public const int ChallengeType = 2;
    public const int AuthenticateType = 3;

    public static ReadOnlySpan<byte> Signature => "NTLMSSP\0"u8;

    /// <summary>Gets the version that is sent (section 2.2.2.10): Windows 10.0, NTLM revision 15. Servers must not act on it.</summary>
    public static ReadOnlySpan<byte> Version => NtlmNegotiateMessage.Bytes[^8..];

    /// <summary>Reads what a field points to.</summary>
    /// <param name="message">The message.</param>
    /// <param name="at">Where the field's eight bytes begin.</param>
    /// <param name="value">What it points to.</param>
    /// <returns>Whether that lies inside the message.</returns>
    public static bool TryReadField(ReadOnlySpan<byte> message, int at, out ReadOnlySpan<byte> value)
    {
        var length = BinaryPrimitives.ReadUInt16LittleEndian(message[at..]);
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(message[(at + 4)..]);
        var isInside = length == 0 || (offset <= (uint)message.Length && length <= message.Length - (int)offset);
        value = isInside && length != 0 ? message.Slice((int)offset, length) : [];
        return isInside;
    }

    /// <summary>Writes a field that points to the next part of the message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="at">Where the field's eight bytes begin.</param>
    /// <param name="length">The length of what it points to; at most 65,535.</param>
    /// <param name="offset">Where that begins; moved behind it.</param>
    /// <returns>The place of the value.</returns>
    public static Span<byte> WriteField(Span<byte> message, int at, int length, ref int offset)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(message[at..], (ushort)length);
        BinaryPrimitives.WriteUInt16LittleEndian(message[(at + 2)..], (ushort)length);
        BinaryPrimitives.WriteInt32LittleEndian(message[(at + 4)..], offset);
        var value = message.Slice(offset, length);
        offset += length;
        return value;
    }
}
