using System.Security.Cryptography;
using System.Text;

namespace Digibee.Accounts;

/// <summary>The nonces of signatures that counted, until these end. In this process only, and bounded: when it is full, nothing with a nonce counts before an old one ends, so that none counts twice. Safe for concurrent use.</summary>
internal sealed class NonceMemory
{
    public const int Capacity = 100_000;

    private readonly int _capacity;
    private readonly Lock _lock = new();
    private readonly HashSet<UInt128> _seen = [];
    private readonly PriorityQueue<UInt128, DateTimeOffset> _byEnd = new();

    public NonceMemory()
        : this(Capacity)
    {
    }

    // For tests.
    internal NonceMemory(int capacity) => _capacity = capacity;

    /// <summary>Notes a nonce.</summary>
    /// <param name="account">Whose key it was signed with: two senders may choose the same.</param>
    /// <param name="nonce">The nonce.</param>
    /// <param name="end">When the signature no longer counts.</param>
    /// <param name="now">Now.</param>
    /// <returns>Whether it came before, or cannot be remembered.</returns>
    public MessageSignatureFailure Add(AccountAddress account, string nonce, DateTimeOffset end, DateTimeOffset now)
    {
        var key = KeyOf(account, nonce);
        lock (_lock)
        {
            while (_byEnd.TryPeek(out var oldest, out var its) && its < now)
            {
                _byEnd.Dequeue();
                _seen.Remove(oldest);
            }

            if (_seen.Contains(key))
            {
                return MessageSignatureFailure.Replayed;
            }

            if (_seen.Count >= _capacity)
            {
                return MessageSignatureFailure.TooManyNonces;
            }

            _seen.Add(key);
            _byEnd.Enqueue(key, end);
            return MessageSignatureFailure.None;
        }
    }

    // Of one length, whatever a sender writes. No address holds a line break.
    private static UInt128 KeyOf(AccountAddress account, string nonce)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{account}\n{nonce}"), hash);
        return new UInt128(BitConverter.ToUInt64(hash), BitConverter.ToUInt64(hash[8..]));
    }
}
