using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Digibee.Accounts;

/// <summary>The elliptic-curve key that Signature Version 4A derives from an access key: one for all days, regions and services. Safe for concurrent use; wiped when disposed.</summary>
/// <remarks>The derivation is that of NIST SP 800-108 in counter mode, as in the AWS Common Runtime (aws-c-auth, <c>key_derivation.c</c>). The platform does not say that its keys may be shared by
/// threads, so each signature borrows one.</remarks>
internal sealed class AwsV4PrivateKey : IDisposable
{
    internal const int Length = 32;

    // A chance of one in 2^32 needs a second one; the format has room for 254.
    private const int MaxCounter = 254;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _scalar = GC.AllocateUninitializedArray<byte>(Length, pinned: true);

    private readonly IdleSlots<ECDsa> _idle = new();
    private readonly Lock _lock = new();
    private volatile bool _isDisposed;

    public AwsV4PrivateKey(string accessKeyId, ReadOnlySpan<byte> secretAccessKey) => Derive(accessKeyId, secretAccessKey, static (key, input, output) => HMACSHA256.HashData(key, input, output), _scalar);

    internal delegate void Mac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> input, Span<byte> output);

    /// <summary>Derives the private scalar.</summary>
    internal static void Derive(string accessKeyId, ReadOnlySpan<byte> secretAccessKey, Mac mac, Span<byte> scalar)
    {
        var prefix = "AWS4A"u8;
        using var key = new SecretBuffer(prefix.Length + secretAccessKey.Length, prefix.Length + secretAccessKey.Length);
        prefix.CopyTo(key.Span);
        secretAccessKey.CopyTo(key.Span[prefix.Length..]);

        // Block 1 of the counter mode, label, separator, context (id and counter), length of the result in bits.
        byte[] input = [0, 0, 0, 1, .. "AWS4-ECDSA-P256-SHA256"u8, 0, .. Encoding.ASCII.GetBytes(accessKeyId), 0, 0, 0, 1, 0];
        ref var counter = ref input[^5];
        for (counter = 1; counter <= MaxCounter; counter++)
        {
            mac(key.Span, input, scalar);
            if (AwsV4Scalar.TryIncrement(scalar))
            {
                return;
            }
        }

        throw new UnreachableException("No scalar was found: the hash is broken.");
    }

    /// <summary>Signs a text, in DER.</summary>
    /// <returns><see langword="false"/> when the key was disposed.</returns>
    public bool TrySign(ReadOnlySpan<byte> text, Span<byte> signature, out int length)
    {
        length = 0;
        if (_isDisposed || (_idle.TryTake() ?? TryImport()) is not { } key)
        {
            return false;
        }

        try
        {
            return key.TrySignData(text, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence, out length);
        }
        finally
        {
            PutBack(key);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            CryptographicOperations.ZeroMemory(_scalar);
        }

        DisposeIdle();
    }

    private ECDsa? TryImport()
    {
        // Under the lock, so that nothing is imported that is just being wiped.
        lock (_lock)
        {
            return _isDisposed ? null : ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = _scalar });
        }
    }

    private void PutBack(ECDsa key)
    {
        if (!_idle.TryPut(key))
        {
            key.Dispose();
        }
        else if (_isDisposed)
        {
            // Disposed while this one was out: nobody else comes by.
            DisposeIdle();
        }
    }

    private void DisposeIdle()
    {
        while (_idle.TryTake() is { } key)
        {
            key.Dispose();
        }
    }
}
