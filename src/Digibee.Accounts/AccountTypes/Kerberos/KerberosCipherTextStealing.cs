using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>AES in CBC mode with ciphertext stealing: the last two blocks change places and the last one is cut off, so that nothing is padded (RFC 3962, section 5). The first vector is zero.</summary>
internal static class KerberosCipherTextStealing
{
    public const int BlockLength = 16;

    /// <summary>Encrypts at least one block. <paramref name="destination"/> is as long as <paramref name="plaintext"/>.</summary>
    public static void Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plaintext, Span<byte> destination)
    {
        using var aes = CreateAes(key);
        Span<byte> vector = stackalloc byte[BlockLength];
        vector.Clear();
        var whole = WholeBlocksBeforeTheLast(plaintext.Length);
        aes.EncryptCbc(plaintext[..whole], vector, destination, PaddingMode.None);
        if (whole == plaintext.Length)
        {
            return;
        }

        // The last block, padded with zeros, is chained to the one before it and takes its place.
        Span<byte> last = stackalloc byte[BlockLength];
        last.Clear();
        plaintext[whole..].CopyTo(last);
        var previous = destination.Slice(whole - BlockLength, BlockLength);
        Span<byte> encrypted = stackalloc byte[BlockLength];
        aes.EncryptCbc(last, previous, encrypted, PaddingMode.None);
        previous[..(plaintext.Length - whole)].CopyTo(destination[whole..]);
        encrypted.CopyTo(previous);
        CryptographicOperations.ZeroMemory(last);
    }

    /// <summary>Decrypts at least one block. <paramref name="destination"/> is as long as <paramref name="ciphertext"/>.</summary>
    public static void Decrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> ciphertext, Span<byte> destination)
    {
        using var aes = CreateAes(key);
        Span<byte> vector = stackalloc byte[BlockLength];
        vector.Clear();
        var whole = WholeBlocksBeforeTheLast(ciphertext.Length);
        if (whole == ciphertext.Length)
        {
            aes.DecryptCbc(ciphertext, vector, destination, PaddingMode.None);
            return;
        }

        var stolen = ciphertext[whole..];
        Span<byte> last = stackalloc byte[BlockLength];
        aes.DecryptEcb(ciphertext.Slice(whole - BlockLength, BlockLength), last, PaddingMode.None);

        // The padding was zero: what decrypts there is what was cut off the block before.
        Span<byte> previous = stackalloc byte[BlockLength];
        last.CopyTo(previous);
        stolen.CopyTo(previous);
        if (whole > BlockLength)
        {
            ciphertext.Slice(whole - (2 * BlockLength), BlockLength).CopyTo(vector);
            Span<byte> first = stackalloc byte[BlockLength];
            first.Clear();
            aes.DecryptCbc(ciphertext[..(whole - BlockLength)], first, destination, PaddingMode.None);
        }

        aes.DecryptCbc(previous, vector, destination[(whole - BlockLength)..], PaddingMode.None);
        for (var i = 0; i < stolen.Length; i++)
        {
            destination[whole + i] = (byte)(last[i] ^ stolen[i]);
        }

        CryptographicOperations.ZeroMemory(last);
        CryptographicOperations.ZeroMemory(previous);
    }

    public static Aes CreateAes(ReadOnlySpan<byte> key)
    {
        var aes = Aes.Create();
        try
        {
            aes.SetKey(key);
            return aes;
        }
        catch
        {
            aes.Dispose();
            throw;
        }
    }

    private static int WholeBlocksBeforeTheLast(int length) => length == BlockLength ? length : (length - 1) / BlockLength * BlockLength;
}
