using System.Diagnostics;
using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>Makes and checks message authentication codes by HMAC (RFC 2104). The codes of one key and hash share hashes that are keyed already.</summary>
internal sealed class MacKey : SignatureKey
{
    private const SignatureAlgorithm First = SignatureAlgorithm.HmacSha256;
    private const SignatureAlgorithm Last = SignatureAlgorithm.HmacSha1;

    // SHA-512's.
    private const int LongestMac = 64;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _key;

    private readonly KeyedHashPool?[] _pools = new KeyedHashPool?[Last - First + 1];
    private readonly Lock _lock = new();
    private bool _isDisposed;

    /// <summary>Initializes a new instance.</summary>
    /// <param name="pinnedKey">The key, on the pinned heap. It is taken over, and wiped when this is disposed.</param>
    public MacKey(byte[] pinnedKey) => _key = pinnedKey;

    public override SignatureAlgorithm DefaultAlgorithm => SignatureAlgorithm.HmacSha256;

    public override string Description => "secret key";

    public override int MaxSignatureLength => LongestMac;

    public override bool Supports(SignatureAlgorithm algorithm) => algorithm is >= First and <= Last;

    public override bool TrySign(ReadOnlySpan<byte> data, SignatureAlgorithm algorithm, Span<byte> destination, out int length)
    {
        length = LengthOf(algorithm);
        return destination.Length < length ? throw TooShort(nameof(destination)) : PoolOf(algorithm) is { } pool && pool.TryCompute(data, [], destination[..length]);
    }

    public override bool TryVerify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, SignatureAlgorithm algorithm, out bool isValid)
    {
        Span<byte> mac = stackalloc byte[LongestMac];
        if (!TrySign(data, algorithm, mac, out var length))
        {
            isValid = false;
            return false;
        }

        isValid = CryptographicOperations.FixedTimeEquals(mac[..length], signature);
        return true;
    }

    public override void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            CryptographicOperations.ZeroMemory(_key);
            foreach (ref var pool in _pools.AsSpan())
            {
                pool?.Dispose();
                pool = null;
            }
        }
    }

    private static int LengthOf(SignatureAlgorithm algorithm) => algorithm switch
    {
        SignatureAlgorithm.HmacSha256 => 32,
        SignatureAlgorithm.HmacSha384 => 48,
        SignatureAlgorithm.HmacSha512 => 64,
        _ => 20,
    };

    private static HashAlgorithmName HashOf(SignatureAlgorithm algorithm) => algorithm switch
    {
        SignatureAlgorithm.HmacSha256 => HashAlgorithmName.SHA256,
        SignatureAlgorithm.HmacSha384 => HashAlgorithmName.SHA384,
        SignatureAlgorithm.HmacSha512 => HashAlgorithmName.SHA512,
        _ => HashAlgorithmName.SHA1,
    };

    private KeyedHashPool? PoolOf(SignatureAlgorithm algorithm) => Volatile.Read(ref _pools[algorithm - First]) ?? TryAddPool(algorithm);

    private KeyedHashPool? TryAddPool(SignatureAlgorithm algorithm)
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return null;
            }

            ref var pool = ref _pools[algorithm - First];
            if (pool is null)
            {
                var copy = GC.AllocateUninitializedArray<byte>(_key.Length, pinned: true);
                _key.CopyTo(copy, 0);
                Volatile.Write(ref pool, new KeyedHashPool(HashOf(algorithm), copy));
            }

            return pool;
        }
    }
}
