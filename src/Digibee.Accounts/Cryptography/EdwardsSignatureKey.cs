using System.Buffers;
using System.Diagnostics;
using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Digibee.Accounts;

/// <summary>Signs and verifies with Ed25519 and Ed448 (RFC 8032), which the platform does not have.</summary>
internal sealed class EdwardsSignatureKey : SignatureKey
{
    // The only one that RFC 8037 and RFC 9421 know.
    private static readonly byte[] NoContext = [];

    private readonly bool _isEd448;
    private readonly byte[] _publicKey;
    private readonly Lock _lock = new();

    // Taken out of its encoding, and on the pinned heap; empty for a public key.
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _seed;

    private volatile bool _isDisposed;

    public EdwardsSignatureKey(LoadedKey key)
    {
        _isEd448 = key.Algorithm == KeyAlgorithm.Ed448;
        var length = _isEd448 ? Ed448.SecretKeySize : Ed25519.SecretKeySize;
        _publicKey = key.PublicKeyInfo[^length..].ToArray();
        _seed = [];
        if (key.IsPrivate)
        {
            _seed = GC.AllocateUninitializedArray<byte>(length, pinned: true);
            key.PrivateKeyInfo[^length..].CopyTo(_seed);
        }

        key.Dispose();
    }

    public override SignatureAlgorithm DefaultAlgorithm => _isEd448 ? SignatureAlgorithm.Ed448 : SignatureAlgorithm.Ed25519;

    public override string Description => _isEd448 ? "Ed448 key" : "Ed25519 key";

    public override int MaxSignatureLength => _isEd448 ? Ed448.SignatureSize : Ed25519.SignatureSize;

    public override bool Supports(SignatureAlgorithm algorithm) => algorithm == DefaultAlgorithm;

    public override bool TrySign(ReadOnlySpan<byte> data, SignatureAlgorithm algorithm, Span<byte> destination, out int length)
    {
        length = MaxSignatureLength;
        if (destination.Length < length)
        {
            throw TooShort(nameof(destination));
        }

        var seed = PinnedArrays.Take(_seed.Length);
        var message = ArrayPool<byte>.Shared.Rent(data.Length);
        try
        {
            if (!TryCopySeed(seed))
            {
                return false;
            }

            data.CopyTo(message);
            Span<byte> signature = Sign(seed, message, data.Length);
            signature.CopyTo(destination);
            return true;
        }
        finally
        {
            // What is signed may have a credential in it, as a signature over the header Authorization has.
            ArrayPool<byte>.Shared.Return(message, clearArray: true);
            CryptographicOperations.ZeroMemory(seed.AsSpan(0, _seed.Length));
            PinnedArrays.GiveBack(seed);
        }
    }

    public override bool TryVerify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, SignatureAlgorithm algorithm, out bool isValid)
    {
        isValid = false;
        if (signature.Length != MaxSignatureLength)
        {
            return true;
        }

        var message = ArrayPool<byte>.Shared.Rent(data.Length);
        try
        {
            data.CopyTo(message);
            isValid = _isEd448
                ? Ed448.Verify(signature.ToArray(), 0, _publicKey, 0, NoContext, message, 0, data.Length)
                : Ed25519.Verify(signature.ToArray(), 0, _publicKey, 0, message, 0, data.Length);
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(message, clearArray: true);
        }
    }

    public override void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            CryptographicOperations.ZeroMemory(_seed);
        }
    }

    private byte[] Sign(byte[] seed, byte[] message, int length)
    {
        // With the public key that the reader derived: without it, it would be derived each time.
        var signature = new byte[MaxSignatureLength];
        if (_isEd448)
        {
            Ed448.Sign(seed, 0, _publicKey, 0, NoContext, message, 0, length, signature, 0);
        }
        else
        {
            Ed25519.Sign(seed, 0, _publicKey, 0, message, 0, length, signature, 0);
        }

        return signature;
    }

    // Under the lock: a seed that is half wiped would sign, under a nonce that anybody can compute.
    private bool TryCopySeed(byte[] seed)
    {
        lock (_lock)
        {
            _seed.CopyTo(seed, 0);
            return !_isDisposed;
        }
    }
}
