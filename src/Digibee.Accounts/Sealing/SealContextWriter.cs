using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Digibee.Accounts;

/// <summary>Writes the fields of a context one after another, each behind its length in bytes as a big-endian 32-bit number.</summary>
internal ref struct SealContextWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;
    private int _position = EncodedContext.RoomBefore;

    public readonly EncodedContext ToContext() => new(_buffer[..(_position + EncodedContext.RoomAfter)]);

    public void WriteUInt64(ulong value)
    {
        WriteLength(sizeof(ulong));
        BinaryPrimitives.WriteUInt64BigEndian(_buffer[_position..], value);
        _position += sizeof(ulong);
    }

    public void WriteBytes(ReadOnlySpan<byte> value, int maxLength, string field)
    {
        if (value.Length > maxLength)
        {
            throw new ArgumentException($"The {field} of a sealed record must be at most {maxLength} bytes.", field);
        }

        WriteLength(value.Length);
        value.CopyTo(_buffer[_position..]);
        _position += value.Length;
    }

    // Strict: with replacement characters two different names would have the same bytes.
    public void WriteUtf8(string text, int maxLength, string field)
    {
        var status = Utf8.FromUtf16(text, _buffer.Slice(_position + sizeof(uint), maxLength), out _, out var written, replaceInvalidSequences: false);
        if (status == OperationStatus.InvalidData)
        {
            throw new ArgumentException($"The {field} of a sealed record holds half of a surrogate pair and has no UTF-8 form.", field);
        }

        if (status != OperationStatus.Done || written == 0)
        {
            throw new ArgumentException($"The {field} of a sealed record must be 1 to {maxLength} bytes of UTF-8.", field);
        }

        WriteLength(written);
        _position += written;
    }

    public void WriteAscii(string text, int maxLength, string field)
    {
        if (Ascii.FromUtf16(text, _buffer.Slice(_position + sizeof(uint), maxLength), out var written) != OperationStatus.Done || written == 0)
        {
            throw new ArgumentException($"The {field} of a sealed record must be 1 to {maxLength} ASCII characters.", field);
        }

        WriteLength(written);
        _position += written;
    }

    private void WriteLength(int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(_buffer[_position..], length);
        _position += sizeof(uint);
    }
}
