using System.Buffers;
using System.Buffers.Text;

namespace Digibee.Accounts;

/// <summary>The keys that a keytab holds for one principal, wiped when disposed.</summary>
/// <remarks>The newest version comes first, and in it the strongest key.</remarks>
internal sealed class KerberosKeytab : IDisposable
{
    private readonly KerberosKeytabKey[] _keys;

    private KerberosKeytab(KerberosKeytabKey[] keys) => _keys = keys;

    /// <summary>Gets the keys: by version, the newest first, then by strength.</summary>
    public IReadOnlyList<KerberosKeytabKey> Keys => _keys;

    /// <summary>Reads a keytab. Entries of other principals, and keys of types that are not used, are passed over; what is malformed ends it.</summary>
    /// <param name="base64">The keytab, base64 with or without line breaks.</param>
    /// <param name="principal">Whose keys to take.</param>
    /// <param name="allowRc4">Whether RC4 keys are taken.</param>
    public static KerberosKeytab Open(ReadOnlySpan<byte> base64, KerberosPrincipal principal, bool allowRc4)
    {
        using var keytab = TryDecode(base64);
        return Read(keytab is null ? default : keytab.Span, principal, allowRc4);
    }

    /// <summary>Decodes the text of a keytab; <see langword="null"/> when it is not base64. The caller disposes it.</summary>
    public static SecretBuffer? TryDecode(ReadOnlySpan<byte> base64)
    {
        // Lines are as wide as the tool that wrote them likes; the decoder skips white space.
        var most = Base64.GetMaxDecodedFromUtf8Length(base64.Length);
        var keytab = new SecretBuffer(most, most);
        if (Base64.DecodeFromUtf8(base64, keytab.Span, out _, out var length) == OperationStatus.Done)
        {
            keytab.Truncate(length);
            return keytab;
        }

        keytab.Dispose();
        return null;
    }

    /// <inheritdoc cref="Open"/>
    public static KerberosKeytab Read(ReadOnlySpan<byte> keytab, KerberosPrincipal principal, bool allowRc4)
    {
        var keys = new List<KerberosKeytabKey>();
        var reader = new KerberosKeytabReader(keytab);
        while (reader.TryRead(out var entry))
        {
            if (entry.IsOf(principal) && Usable(entry, allowRc4) is { } encryption)
            {
                // Written again, such as after a restored database: the later one counts.
                Remove(keys, entry.Version, encryption.Type);
                keys.Add(new(entry.Version, new KerberosKey(encryption, entry.Key)));
            }
        }

        return new([.. keys.OrderByDescending(static key => key.Version).ThenBy(static key => key.Key.Rank)]);
    }

    /// <summary>Gives the encryption of an entry's key; <see langword="null"/> when it is not used.</summary>
    public static KerberosEncryption? Usable(in KerberosKeytabEntry entry, bool allowRc4) =>
        KerberosEncryption.Of(entry.EncryptionType) is { } encryption && encryption.KeyLength == entry.Key.Length && (allowRc4 || encryption.Type != KerberosEncryptionType.Rc4)
            ? encryption
            : null;

    public void Dispose()
    {
        foreach (var key in _keys)
        {
            key.Key.Dispose();
        }
    }

    private static void Remove(List<KerberosKeytabKey> keys, long version, KerberosEncryptionType type)
    {
        var index = keys.FindIndex(key => key.Version == version && key.Key.Type == type);
        if (index >= 0)
        {
            keys[index].Key.Dispose();
            keys.RemoveAt(index);
        }
    }
}
