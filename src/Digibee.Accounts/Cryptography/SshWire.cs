using System.Buffers.Binary;

namespace Digibee.Accounts;

/// <summary>Reads the data types of SSH (RFC 4251, section 5) one after the other.</summary>
internal ref struct SshWire(ReadOnlySpan<byte> data)
{
    public ReadOnlySpan<byte> Rest { get; private set; } = data;

    /// <summary>Reads a number.</summary>
    /// <exception cref="FormatException">The data end before it does.</exception>
    public uint ReadNumber() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    /// <summary>Reads a string of bytes; also a <c>mpint</c>, which has a leading zero where its first bit is set.</summary>
    /// <exception cref="FormatException">The data end before it does.</exception>
    public ReadOnlySpan<byte> ReadString() => Take(ReadNumber());

    private ReadOnlySpan<byte> Take(uint length)
    {
        if (length > Rest.Length)
        {
            throw new FormatException("The data end too early.");
        }

        var taken = Rest[..(int)length];
        Rest = Rest[(int)length..];
        return taken;
    }
}
