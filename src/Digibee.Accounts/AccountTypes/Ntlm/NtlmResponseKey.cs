using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace Digibee.Accounts;

/// <summary>The key of an NTLMv2 answer: NTOWFv2 of MS-NLMP, section 3.3.2. It is as good as the password, so whoever asks for it wipes it.</summary>
internal static class NtlmResponseKey
{
    /// <summary>Derives the key: HMAC-MD5(MD4(password), upper case of the user, then the domain as it is).</summary>
    /// <param name="identity">The user and the domain.</param>
    /// <param name="password">The password.</param>
    /// <param name="key">Takes the 16 bytes.</param>
    public static void Derive(NtlmIdentity identity, Secret password, Span<byte> key)
    {
        Span<byte> passwordHash = stackalloc byte[NtlmHash.Length];
        try
        {
            HashPassword(password, passwordHash);
            NtlmHash.HmacMd5(passwordHash, Encoding.Unicode.GetBytes(identity.UserName.ToUpperInvariant() + identity.Domain), key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(passwordHash);
        }
    }

    private static void HashPassword(Secret password, Span<byte> hash)
    {
        var utf8 = password.RevealBytes();
        var capacity = utf8.Length * sizeof(char);
        using var utf16 = new SecretBuffer(capacity, capacity);
        var characters = MemoryMarshal.Cast<byte, char>(utf16.Span);
        Utf8.ToUtf16(utf8, characters, out _, out var written);
        if (!BitConverter.IsLittleEndian)
        {
            var units = MemoryMarshal.Cast<char, ushort>(characters);
            BinaryPrimitives.ReverseEndianness(units, units);
        }

        utf16.Truncate(written * sizeof(char));
        NtlmHash.Md4(utf16.Span, hash);
    }
}
