using System.Buffers.Binary;
using System.Text;

namespace Digibee.Accounts;

/// <summary>The target information of the answer: what the server said of itself, and what the client adds (MS-NLMP, section 3.1.5.1.2).</summary>
internal readonly ref struct NtlmTargetInfo
{
    // MsvAvFlags: the answer carries an integrity code.
    private const uint HasIntegrityCode = 2;

    private readonly ReadOnlySpan<byte> _server;
    private readonly bool _withIntegrityCode;
    private readonly string? _targetName;
    private readonly ReadOnlySpan<byte> _channelBindings;

    /// <summary>Initializes a new instance.</summary>
    /// <param name="server">The server's, well-formed.</param>
    /// <param name="withIntegrityCode">Whether the answer will carry an integrity code.</param>
    /// <param name="targetName">The service principal name; <see langword="null"/> to name none.</param>
    /// <param name="channelBindings">The hash of the channel bindings; empty to leave them out.</param>
    public NtlmTargetInfo(ReadOnlySpan<byte> server, bool withIntegrityCode, string? targetName, ReadOnlySpan<byte> channelBindings)
    {
        _server = server;
        _withIntegrityCode = withIntegrityCode;
        _targetName = targetName;
        _channelBindings = channelBindings;
        Length = Measure();
    }

    /// <summary>Gets the bytes that <see cref="Write"/> writes.</summary>
    public int Length { get; }

    public void Write(Span<byte> destination)
    {
        uint flags = _withIntegrityCode ? HasIntegrityCode : 0;
        var pairs = new NtlmAvPairs(_server);
        while (pairs.MoveNext())
        {
            if (IsPassedOn(pairs.Id))
            {
                pairs.Pair.CopyTo(destination);
                destination = destination[pairs.Pair.Length..];
            }
            else if (pairs.Id == NtlmAvId.Flags)
            {
                flags |= BinaryPrimitives.ReadUInt32LittleEndian(pairs.Value);
            }
        }

        if (flags != 0)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(Begin(ref destination, NtlmAvId.Flags, sizeof(uint)), flags);
        }

        if (!_channelBindings.IsEmpty)
        {
            _channelBindings.CopyTo(Begin(ref destination, NtlmAvId.ChannelBindings, _channelBindings.Length));
        }

        if (_targetName is not null)
        {
            Encoding.Unicode.GetBytes(_targetName, Begin(ref destination, NtlmAvId.TargetName, _targetName.Length * sizeof(char)));
        }

        Begin(ref destination, NtlmAvId.EndOfList, 0);
    }

    // What only the client may say is not taken from a server that says it.
    private static bool IsPassedOn(NtlmAvId id) => id is not (NtlmAvId.Flags or NtlmAvId.ChannelBindings or NtlmAvId.TargetName);

    private static Span<byte> Begin(ref Span<byte> destination, NtlmAvId id, int length)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(destination, (ushort)id);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[2..], (ushort)length);
        var value = destination.Slice(NtlmAvPairs.HeaderLength, length);
        destination = destination[(NtlmAvPairs.HeaderLength + length)..];
        return value;
    }

    private int Measure()
    {
        var length = NtlmAvPairs.HeaderLength;
        var hasFlags = _withIntegrityCode;
        var pairs = new NtlmAvPairs(_server);
        while (pairs.MoveNext())
        {
            length += IsPassedOn(pairs.Id) ? pairs.Pair.Length : 0;
            hasFlags |= pairs.Id == NtlmAvId.Flags && BinaryPrimitives.ReadUInt32LittleEndian(pairs.Value) != 0;
        }

        length += hasFlags ? NtlmAvPairs.HeaderLength + sizeof(uint) : 0;
        length += _channelBindings.IsEmpty ? 0 : NtlmAvPairs.HeaderLength + _channelBindings.Length;
        return _targetName is null ? length : length + NtlmAvPairs.HeaderLength + (_targetName.Length * sizeof(char));
    }
}
