using System.Buffers.Binary;

namespace Digibee.Accounts;

/// <summary>Reads the fields of an AUTHENTICATE message (MS-NLMP, section 2.2.1.3), apart from the library's own reader.</summary>
internal static class NtlmTestFields
{
    public static ReadOnlySpan<byte> LmResponse(ReadOnlySpan<byte> message) => Field(message, 12);

    public static ReadOnlySpan<byte> NtResponse(ReadOnlySpan<byte> message) => Field(message, 20);

    public static ReadOnlySpan<byte> Domain(ReadOnlySpan<byte> message) => Field(message, 28);

    public static ReadOnlySpan<byte> UserName(ReadOnlySpan<byte> message) => Field(message, 36);

    public static ReadOnlySpan<byte> Workstation(ReadOnlySpan<byte> message) => Field(message, 44);

    public static ReadOnlySpan<byte> SessionKey(ReadOnlySpan<byte> message) => Field(message, 52);

    public static NtlmFlags Flags(ReadOnlySpan<byte> message) => (NtlmFlags)BinaryPrimitives.ReadUInt32LittleEndian(message[60..]);

    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> message, int at) =>
        message.Slice(BinaryPrimitives.ReadInt32LittleEndian(message[(at + 4)..]), BinaryPrimitives.ReadUInt16LittleEndian(message[at..]));
}
