using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>The RC4 key stream, which the platform no longer has (the algorithm as RFC 6229 tests it).</summary>
internal static class KerberosRc4
{
    /// <summary>Encrypts or decrypts in place.</summary>
    public static void Apply(ReadOnlySpan<byte> key, Span<byte> data)
    {
        Span<byte> state = stackalloc byte[256];
        for (var n = 0; n < state.Length; n++)
        {
            state[n] = (byte)n;
        }

        byte j = 0;
        for (var n = 0; n < state.Length; n++)
        {
            j += (byte)(state[n] + key[n % key.Length]);
            (state[n], state[j]) = (state[j], state[n]);
        }

        byte i = 0;
        j = 0;
        for (var n = 0; n < data.Length; n++)
        {
            j += state[++i];
            (state[i], state[j]) = (state[j], state[i]);
            data[n] ^= state[(byte)(state[i] + state[j])];
        }

        CryptographicOperations.ZeroMemory(state);
    }
}
