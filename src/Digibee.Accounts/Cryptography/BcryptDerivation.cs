using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>The key derivation of OpenSSH's encrypted keys: PBKDF2's construction over bcrypt, as <c>bcrypt_pbkdf</c> of OpenBSD defines it.</summary>
internal static class BcryptDerivation
{
    // What one hash costs, in rounds of a fast one: some milliseconds.
    private const long RoundsPerHash = 4_000;
    private const int HashLength = 32;

    /// <summary>Tells whether the budget allows it, and takes it off.</summary>
    public static bool TrySpend(WorkBudget work, long rounds, int length) => work.TrySpend(rounds * Strides(length) * RoundsPerHash);

    public static void Derive(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int rounds, Span<byte> key)
    {
        Span<byte> passwordHash = stackalloc byte[64];
        Span<byte> saltHash = stackalloc byte[64];
        Span<byte> hash = stackalloc byte[HashLength];
        Span<byte> block = stackalloc byte[HashLength];
        SHA512.HashData(password, passwordHash);
        var strides = Strides(key.Length);
        var numbered = new byte[salt.Length + 4];
        salt.CopyTo(numbered);
        for (var stride = 0; stride < strides; stride++)
        {
            BinaryPrimitives.WriteInt32BigEndian(numbered.AsSpan(salt.Length), stride + 1);
            SHA512.HashData(numbered, saltHash);
            block.Clear();
            for (var round = 0; round < rounds; round++)
            {
                Hash(passwordHash, saltHash, hash);
                SHA512.HashData(hash, saltHash);
                for (var i = 0; i < HashLength; i++)
                {
                    block[i] ^= hash[i];
                }
            }

            // Not one block behind the other, but interleaved.
            for (var i = 0; i < HashLength && (i * strides) + stride < key.Length; i++)
            {
                key[(i * strides) + stride] = block[i];
            }
        }

        CryptographicOperations.ZeroMemory(passwordHash);
        CryptographicOperations.ZeroMemory(hash);
        CryptographicOperations.ZeroMemory(block);
    }

    private static int Strides(int length) => (length + HashLength - 1) / HashLength;

    private static void Hash(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, Span<byte> hash)
    {
        using var state = new BlowfishState();
        state.Expand(salt, password);
        for (var i = 0; i < 64; i++)
        {
            state.Expand(salt: default, salt);
            state.Expand(salt: default, password);
        }

        var text = "OxychromaticBlowfishSwatDynamite"u8;
        for (var i = 0; i < HashLength; i += 8)
        {
            var left = BinaryPrimitives.ReadUInt32BigEndian(text[i..]);
            var right = BinaryPrimitives.ReadUInt32BigEndian(text[(i + 4)..]);
            for (var time = 0; time < 64; time++)
            {
                state.Encrypt(ref left, ref right);
            }

            BinaryPrimitives.WriteUInt32LittleEndian(hash[i..], left);
            BinaryPrimitives.WriteUInt32LittleEndian(hash[(i + 4)..], right);
        }
    }
}
