using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>The tables of Blowfish, mixed with a key and a salt again and again, as bcrypt does (Provos and Mazières, «A Future-Adaptable Password Scheme»). They begin as the digits of π.</summary>
internal sealed class BlowfishState : IDisposable
{
    private const int Subkeys = 18;
    private const int Words = Subkeys + (4 * 256);

    private static readonly Lazy<uint[]> Initial = new(DigitsOfPi);

    // The subkeys, then the four boxes.
    private readonly uint[] _words = GC.AllocateUninitializedArray<uint>(Words, pinned: true);

    public BlowfishState() => Initial.Value.CopyTo(_words, 0);

    /// <summary>Mixes a key in, and a salt unless that is empty.</summary>
    public void Expand(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> key)
    {
        var at = 0;
        for (var i = 0; i < Subkeys; i++)
        {
            _words[i] ^= Next(key, ref at);
        }

        uint left = 0;
        uint right = 0;
        at = 0;
        for (var i = 0; i < Words; i += 2)
        {
            if (!salt.IsEmpty)
            {
                left ^= Next(salt, ref at);
                right ^= Next(salt, ref at);
            }

            Encrypt(ref left, ref right);
            _words[i] = left;
            _words[i + 1] = right;
        }
    }

    /// <summary>Encrypts one block.</summary>
    public void Encrypt(ref uint left, ref uint right)
    {
        ReadOnlySpan<uint> words = _words;
        var boxes = words[Subkeys..];
        var l = left ^ words[0];
        var r = right;
        for (var i = 1; i < 17; i += 2)
        {
            r ^= Mix(boxes, l) ^ words[i];
            l ^= Mix(boxes, r) ^ words[i + 1];
        }

        left = r ^ words[17];
        right = l;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(System.Runtime.InteropServices.MemoryMarshal.AsBytes(_words.AsSpan()));

    private static uint Mix(ReadOnlySpan<uint> boxes, uint x) =>
        ((boxes[(int)(x >> 24)] + boxes[256 + (int)((x >> 16) & 0xFF)]) ^ boxes[512 + (int)((x >> 8) & 0xFF)]) + boxes[768 + (int)(x & 0xFF)];

    // The text over and over, as words.
    private static uint Next(ReadOnlySpan<byte> text, ref int at)
    {
        var word = BinaryPrimitives.ReadUInt32BigEndian(text[at..]);
        at = (at + 4) % text.Length;
        return word;
    }

    // Computed and not written down: 33,344 bits behind the point, by Machin's formula.
    private static uint[] DigitsOfPi()
    {
        const int Bits = 32 * Words;
        const int Guard = 64;
        var pi = (16 * Arctangent(5, Bits + Guard)) - (4 * Arctangent(239, Bits + Guard));
        var fraction = (pi - (new BigInteger(3) << (Bits + Guard))) >> Guard;
        var bytes = new byte[4 * Words];
        var written = fraction.ToByteArray(isUnsigned: true, isBigEndian: true);
        written.CopyTo(bytes, bytes.Length - written.Length);
        var words = new uint[Words];
        for (var i = 0; i < Words; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(4 * i));
        }

        return words;
    }

    // arctan(1/x), scaled by a power of two.
    private static BigInteger Arctangent(int x, int bits)
    {
        var power = (BigInteger.One << bits) / x;
        var sum = power;
        for (var n = 3; !power.IsZero; n += 2)
        {
            power /= -x * x;
            sum += power / n;
        }

        return sum;
    }
}
