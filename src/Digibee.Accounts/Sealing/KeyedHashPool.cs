using System.Diagnostics;
using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>HMACs of one key, kept keyed: setting the key up costs as much again as the hash of a record's context. Safe for concurrent use.</summary>
/// <remarks>Disposing reaches every hash at rest. One that is in use at that moment finishes its work, and is disposed by whoever returns it.</remarks>
internal sealed class KeyedHashPool : IDisposable
{
    private readonly HashAlgorithmName _algorithm;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _key;

    private readonly IdleSlots<IncrementalHash> _idle = new();
    private readonly Lock _keyLock = new();
    private volatile bool _disposed;

    /// <summary>Initializes a new instance.</summary>
    /// <param name="algorithm">The hash of the HMAC.</param>
    /// <param name="pinnedKey">The key, on the pinned heap. It is taken over, and wiped when the pool is disposed.</param>
    public KeyedHashPool(HashAlgorithmName algorithm, byte[] pinnedKey)
    {
        _algorithm = algorithm;
        _key = pinnedKey;
    }

    /// <summary>Computes the HMAC of two parts, one after the other.</summary>
    /// <exception cref="ObjectDisposedException">The key ring was disposed.</exception>
    public void Compute(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> destination) =>
        ObjectDisposedException.ThrowIf(!TryCompute(first, second, destination), typeof(KeyRing));

    /// <summary>Computes the HMAC of two parts, one after the other; <see langword="false"/> when the pool was disposed.</summary>
    public bool TryCompute(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> destination)
    {
        if (_disposed || (_idle.TryTake() ?? TryCreate()) is not { } hash)
        {
            return false;
        }

        try
        {
            hash.AppendData(first);
            if (!second.IsEmpty)
            {
                hash.AppendData(second);
            }

            hash.GetHashAndReset(destination);
        }
        catch
        {
            // Half a message is in it.
            hash.Dispose();
            throw;
        }

        PutBack(hash);
        return true;
    }

    public void Dispose()
    {
        lock (_keyLock)
        {
            _disposed = true;
            CryptographicOperations.ZeroMemory(_key);
        }

        DisposeIdle();
    }

    private IncrementalHash? TryCreate()
    {
        // Under the lock, so that no hash is keyed with a key that is just being wiped: it would seal a record under zeros, for anybody to open.
        lock (_keyLock)
        {
            return _disposed ? null : IncrementalHash.CreateHMAC(_algorithm, _key);
        }
    }

    private void PutBack(IncrementalHash hash)
    {
        if (!_idle.TryPut(hash))
        {
            hash.Dispose();
        }
        else if (_disposed)
        {
            // Disposed while this hash was out: nobody else comes by.
            DisposeIdle();
        }
    }

    private void DisposeIdle()
    {
        while (_idle.TryTake() is { } hash)
        {
            hash.Dispose();
        }
    }
}
