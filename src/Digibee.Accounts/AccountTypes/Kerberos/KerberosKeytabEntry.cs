using System.Buffers.Binary;
using System.Text;

namespace Digibee.Accounts;

/// <summary>One entry of a keytab, in place: nothing is copied.</summary>
internal readonly ref struct KerberosKeytabEntry
{
    private readonly ReadOnlySpan<byte> _realm;
    private readonly ReadOnlySpan<byte> _parts;
    private readonly int _partCount;

    private KerberosKeytabEntry(ReadOnlySpan<byte> realm, ReadOnlySpan<byte> parts, int partCount, long version, int encryptionType, ReadOnlySpan<byte> key)
    {
        _realm = realm;
        _parts = parts;
        _partCount = partCount;
        Version = version;
        EncryptionType = encryptionType;
        Key = key;
    }

    /// <summary>Gets the version of the key (kvno).</summary>
    public long Version { get; }

    /// <summary>Gets the assigned number of its encryption type.</summary>
    public int EncryptionType { get; }

    public ReadOnlySpan<byte> Key { get; }

    /// <summary>Reads an entry: all numbers big-endian, all texts with their length before them in 16 bits.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out KerberosKeytabEntry entry)
    {
        entry = default;
        if (!TryTake16(ref bytes, out var partCount) || !TryTakeCounted(ref bytes, out var realm))
        {
            return false;
        }

        var parts = bytes;
        for (var i = 0; i < partCount; i++)
        {
            if (!TryTakeCounted(ref bytes, out _))
            {
                return false;
            }
        }

        parts = parts[..^bytes.Length];

        // The type of the name, when it was written, and eight bits of the version.
        const int Fixed = 4 + 4 + 1;
        if (partCount == 0 || bytes.Length < Fixed)
        {
            return false;
        }

        long version = bytes[Fixed - 1];
        bytes = bytes[Fixed..];
        if (!TryTake16(ref bytes, out var encryptionType) || !TryTakeCounted(ref bytes, out var key))
        {
            return false;
        }

        // Versions beyond 255 trail behind the key, in 32 bits; zero means that there is none.
        if (bytes.Length >= sizeof(uint) && BinaryPrimitives.ReadUInt32BigEndian(bytes) is not 0 and var wide)
        {
            version = wide;
        }

        entry = new(realm, parts, partCount, version, encryptionType, key);
        return true;
    }

    public bool IsOf(KerberosPrincipal principal)
    {
        if (_partCount != principal.Parts.Length || !IsText(_realm, principal.Realm))
        {
            return false;
        }

        var parts = _parts;
        foreach (var part in principal.Parts)
        {
            if (!TryTakeCounted(ref parts, out var written) || !IsText(written, part))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsText(ReadOnlySpan<byte> utf8, string text) => Encoding.UTF8.GetByteCount(text) == utf8.Length && Encoding.UTF8.GetString(utf8) == text;

    private static bool TryTake16(scoped ref ReadOnlySpan<byte> bytes, out int number)
    {
        if (!BinaryPrimitives.TryReadUInt16BigEndian(bytes, out var value))
        {
            number = 0;
            return false;
        }

        number = value;
        bytes = bytes[sizeof(ushort)..];
        return true;
    }

    private static bool TryTakeCounted(scoped ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> counted)
    {
        counted = default;
        if (!TryTake16(ref bytes, out var length) || length > bytes.Length)
        {
            return false;
        }

        counted = bytes[..length];
        bytes = bytes[length..];
        return true;
    }
}
