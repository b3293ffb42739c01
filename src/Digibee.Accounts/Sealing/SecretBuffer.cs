using System.Diagnostics;
using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>Plaintext on the pinned heap, wiped when disposed. For one owner at a time.</summary>
/// <remarks>The memory is used again: a span of it must not outlive the buffer.</remarks>
[DebuggerDisplay("{_length} bytes")]
internal sealed class SecretBuffer : IDisposable
{
    private readonly int _capacity;
    private int _length;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private byte[]? _bytes;

    /// <summary>Initializes a new instance.</summary>
    /// <param name="capacity">The bytes to reserve.</param>
    /// <param name="length">The bytes in use; at most <paramref name="capacity"/>.</param>
    public SecretBuffer(int capacity, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, capacity);
        _bytes = PinnedArrays.Take(capacity);
        _capacity = capacity;
        _length = length;
    }

    /// <summary>Gets the bytes in use. Valid until <see cref="Dispose"/>.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public Span<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_bytes is null, this);
            return _bytes.AsSpan(0, _length);
        }
    }

    /// <summary>Gets the bytes in use, for readers that take no span. Valid until <see cref="Dispose"/>.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public Memory<byte> Memory
    {
        get
        {
            ObjectDisposedException.ThrowIf(_bytes is null, this);
            return _bytes.AsMemory(0, _length);
        }
    }

    /// <summary>Lets go of everything after the first <paramref name="length"/> bytes: padding.</summary>
    /// <param name="length">At most the length so far.</param>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, _length);
        _length = length;
    }

    public void Dispose()
    {
        // Only one caller gets the array: given back twice, it would have two owners.
        if (Interlocked.Exchange(ref _bytes, null) is { } bytes)
        {
            CryptographicOperations.ZeroMemory(bytes.AsSpan(0, _capacity));
            PinnedArrays.GiveBack(bytes);
        }
    }
}
