namespace Digibee.Accounts;

/// <summary>A context, keys and rings for the tests of the seal.</summary>
internal static class TestSeals
{
    /// <summary>Gets the context that most tests seal under.</summary>
    public static SealContext Context => new()
    {
        Realm = "default/prod",
        Name = "orders-db",
        Type = "basic-auth",
        Revision = 1_764_070_000_000_000,
        Metadata = """{"v":1,"origins":["https://api.example"]}"""u8,
    };

    /// <summary>Makes the key whose 32 bytes all are <paramref name="value"/>.</summary>
    public static RingKey Key(byte value) => RingKey.FromRootKey(Enumerable.Repeat(value, 32).ToArray());

    /// <summary>Makes a ring of such keys; the first seals.</summary>
    public static KeyRing Ring(params byte[] keys) => KeyRing.Of([.. keys.Select(Key)]);

    /// <summary>Opens a record and copies its content.</summary>
    public static byte[] OpenBytes(this AccountSealer sealer, in SealContext context, ReadOnlySpan<byte> record)
    {
        using var content = sealer.Open(context, record);
        return content.Span.ToArray();
    }

    /// <summary>Opens a record and tells why it does not; <see langword="null"/> when it does.</summary>
    public static AccountSealFailure? Refusal(this AccountSealer sealer, in SealContext context, ReadOnlySpan<byte> record)
    {
        try
        {
            sealer.Open(context, record).Dispose();
            return null;
        }
        catch (AccountSealException exception)
        {
            return exception.Reason;
        }
    }
}
