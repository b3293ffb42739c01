using System.Runtime.CompilerServices;

namespace Digibee.Accounts;

/// <summary>Looks at the bytes that a key holds: that a key says it is wiped proves nothing of them.</summary>
internal static class KerberosKeyBytes
{
    /// <summary>Gives the very array and no copy.</summary>
    public static byte[] Of(KerberosKey key) => Value(key);

    public static bool AreWiped(KerberosKey key) => !Value(key).AsSpan().ContainsAnyExcept((byte)0);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_value")]
    private static extern ref byte[] Value(KerberosKey key);
}
