using System.Buffers.Binary;

namespace Digibee.Accounts;

/// <summary>Reads the entries of a keytab, version 0x0502: each after its size, and a negative size is a hole that a removed entry left.</summary>
internal ref struct KerberosKeytabReader(ReadOnlySpan<byte> keytab)
{
    private ReadOnlySpan<byte> _rest = HasVersion(keytab) ? keytab[2..] : default;

    /// <summary>Gets how many entries were read, the malformed one included.</summary>
    public int Count { get; private set; }

    /// <summary>Gets whether the reader stopped at something that is no entry.</summary>
    public bool IsMalformed { get; private set; }

    public static bool HasVersion(ReadOnlySpan<byte> keytab) => keytab is [5, 2, ..];

    /// <summary>Reads the next entry.</summary>
    /// <returns><see langword="false"/> at the end, and at what is malformed.</returns>
    public bool TryRead(out KerberosKeytabEntry entry)
    {
        entry = default;
        while (!IsMalformed && BinaryPrimitives.TryReadInt32BigEndian(_rest, out var size) && size != 0)
        {
            var length = Math.Abs((long)size);
            var bytes = _rest[sizeof(int)..];
            if (length > bytes.Length)
            {
                // A hole at the end may be shorter than it says: nothing was in it.
                IsMalformed = size > 0;
                Count += size > 0 ? 1 : 0;
                _rest = default;
                return false;
            }

            _rest = bytes[(int)length..];
            if (size > 0)
            {
                Count++;
                IsMalformed = !KerberosKeytabEntry.TryRead(bytes[..(int)length], out entry);
                return !IsMalformed;
            }
        }

        // A size cut off; the size zero ends a keytab, whatever follows.
        IsMalformed |= _rest.Length is > 0 and < sizeof(int);
        return false;
    }
}
