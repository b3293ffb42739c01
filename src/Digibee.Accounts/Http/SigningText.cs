using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Digibee.Accounts;

/// <summary>Text that grows, as the bytes that are signed. It holds session tokens, so it lives on the pinned heap and is wiped before it is used again.</summary>
[DebuggerDisplay("{Length} bytes")]
internal sealed class SigningText
{
    // A canonical request is 300 to 1,500 bytes. What one huge request needed is not kept for the small ones that follow.
    private const int InitialCapacity = 2_048;
    private const int KeptCapacity = 16_384;

    // UTF-8 of a UTF-16 code unit.
    private const int MaxBytesPerChar = 3;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private byte[] _bytes = Allocate(InitialCapacity);

    private int _mostUsed;

    public int Length { get; private set; }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Append(byte value)
    {
        Reserve(1)[0] = value;
        Length++;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
    }

    public void Append(ReadOnlySpan<char> text) => Length += Encoding.UTF8.GetBytes(text, Reserve(text.Length * MaxBytesPerChar));

    public void AppendHex(ReadOnlySpan<byte> bytes)
    {
        Convert.TryToHexStringLower(bytes, Reserve(2 * bytes.Length), out var written);
        Length += written;
    }

    /// <summary>Appends room for so many bytes, which the caller fills at once.</summary>
    public Span<byte> Take(int count)
    {
        var room = Reserve(count)[..count];
        Length += count;
        return room;
    }

    /// <summary>Takes back what was written behind a position.</summary>
    public void Truncate(int length)
    {
        _mostUsed = Math.Max(_mostUsed, Length);
        Length = length;
    }

    public void Clear()
    {
        Truncate(0);
        CryptographicOperations.ZeroMemory(_bytes.AsSpan(0, _mostUsed));
        _mostUsed = 0;
        if (_bytes.Length > KeptCapacity)
        {
            _bytes = Allocate(InitialCapacity);
        }
    }

    private static byte[] Allocate(int length) => GC.AllocateUninitializedArray<byte>(length, pinned: true);

    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Grow(count);
        }

        return _bytes.AsSpan(Length);
    }

    private void Grow(int count)
    {
        var larger = Allocate((int)Math.Min(Math.Max(2L * _bytes.Length, (long)Length + count), Array.MaxLength));
        Written.CopyTo(larger);
        CryptographicOperations.ZeroMemory(_bytes);
        _bytes = larger;
    }
}
