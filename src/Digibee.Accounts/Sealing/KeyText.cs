using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>A root key as text: <c>dgbk1.&lt;keyId&gt;.&lt;key&gt;</c>, 16 lower-case hexadecimal digits and 43 base64url characters without padding.</summary>
/// <remarks>The id is checked against the key, so that a slip of typing or copying is found when the key is loaded. The prefix is for secret scanners.</remarks>
internal static class KeyText
{
    public const string Prefix = "dgbk1.";

    /// <summary>The length of every key text: 66.</summary>
    public const int Length = 6 + IdLength + 1 + KeyLength;

    private const int IdLength = 16;
    private const int KeyLength = 43;
    private const int KeyOffset = Length - KeyLength;

    public static string FormatId(ulong keyId) => keyId.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Writes a key. The string cannot be wiped.</summary>
    /// <param name="rootKey">32 bytes.</param>
    /// <param name="keyId">The id that was derived from it.</param>
    public static string Format(ReadOnlySpan<byte> rootKey, ulong keyId) => string.Create(Length, new FormatState(rootKey, keyId), static (text, state) => Write(text, state.RootKey, state.KeyId));

    /// <summary>Reads a key. Only the canonical text is taken: what the key prints must equal it.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The key, or <see langword="null"/>.</returns>
    public static RingKey? TryParse(ReadOnlySpan<char> text)
    {
        if (text.Length != Length)
        {
            return null;
        }

        Span<byte> rootKey = stackalloc byte[KeySchedule.RootKeyLength];
        Span<char> canonical = stackalloc char[Length];
        try
        {
            if (Base64Url.DecodeFromChars(text[KeyOffset..], rootKey, out _, out var written) != OperationStatus.Done || written != rootKey.Length)
            {
                return null;
            }

            var key = RingKey.FromRootKey(rootKey);
            Write(canonical, rootKey, key.Id);
            if (CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(text), MemoryMarshal.AsBytes(canonical)))
            {
                return key;
            }

            key.Dispose();
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(rootKey);
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(canonical));
        }
    }

    private static void Write(Span<char> text, ReadOnlySpan<byte> rootKey, ulong keyId)
    {
        Prefix.CopyTo(text);
        keyId.TryFormat(text[Prefix.Length..], out _, "x16", CultureInfo.InvariantCulture);
        text[KeyOffset - 1] = '.';
        Base64Url.EncodeToChars(rootKey, text[KeyOffset..]);
    }

    private readonly ref struct FormatState(ReadOnlySpan<byte> rootKey, ulong keyId)
    {
        public ReadOnlySpan<byte> RootKey { get; } = rootKey;

        public ulong KeyId { get; } = keyId;
    }
}
