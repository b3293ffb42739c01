namespace Digibee.Accounts;

/// <summary>KRB-ERROR (RFC 4120, section 5.9.1), without its text: the code says what a program can act on, and what a server writes is not repeated.</summary>
/// <param name="Code">The code.</param>
/// <param name="ServerTime">The sender's clock. Nothing protects it.</param>
/// <param name="Data">More about the error; empty when there is none.</param>
internal sealed record KerberosError(KerberosErrorCode Code, DateTimeOffset ServerTime, byte[] Data)
{
    private const int MessageType = 30;

    // [APPLICATION 30], constructed.
    private const byte Tag = 0x60 | MessageType;

    /// <summary>Tells whether a message is an error, by its tag.</summary>
    public static bool Is(ReadOnlySpan<byte> message) => message is [Tag, ..];

    /// <summary>Reads an error.</summary>
    /// <exception cref="System.Formats.Asn1.AsnContentException">It is none.</exception>
    public static KerberosError Read(ReadOnlySpan<byte> message)
    {
        var error = KerberosReader.OfMessage(message, MessageType);
        error.SkipFieldsBefore(4);
        var time = error.Field(4).Time();
        error.SkipFieldsBefore(6);
        var code = (KerberosErrorCode)error.Field(6).Number();
        error.SkipFieldsBefore(12);
        return new(code, time, error.TryField(12, out var data) ? data.Octets().ToArray() : []);
    }
}
