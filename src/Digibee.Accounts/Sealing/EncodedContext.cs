namespace Digibee.Accounts;

/// <summary>The bytes of a context, with room before and after them for what is hashed around them: one piece, because each call of a hash costs as much as 100 bytes.</summary>
/// <param name="buffer"><see cref="RoomBefore"/> bytes, the context, <see cref="RoomAfter"/> bytes.</param>
internal readonly ref struct EncodedContext(Span<byte> buffer)
{
    /// <summary>The bytes before the context: the label and the header of a record.</summary>
    public const int RoomBefore = KeySchedule.RecordLabelLength + SealedRecord.HeaderLength;

    /// <summary>The bytes after the context: the block number of HKDF.</summary>
    public const int RoomAfter = 1;

    private readonly Span<byte> _buffer = buffer;

    public ReadOnlySpan<byte> Bytes => _buffer[RoomBefore..^RoomAfter];

    /// <summary>Gets label, header, context and block number: what a record's key is expanded from.</summary>
    public Span<byte> ForExpand => _buffer;

    /// <summary>Gets the random bytes, the context's length and the context: what N is hedged with, before the content. It shares its bytes with <see cref="ForExpand"/>.</summary>
    public Span<byte> ForHedge => _buffer[(RoomBefore - SealedRecord.NonceLength - sizeof(ulong))..^RoomAfter];
}
