using System.Formats.Asn1;

namespace Digibee.Accounts;

/// <summary>How a client proves itself before it gets a ticket: its clock's time, encrypted with its key (RFC 4120, section 5.2.7).</summary>
internal static class KerberosPreauthentication
{
    public const int EncryptedTimestamp = 2;

    private const int EncryptionInfo = 11;
    private const int EncryptionInfo2 = 19;

    /// <summary>Makes PA-ENC-TIMESTAMP.</summary>
    public static byte[] Timestamp(KerberosKey key, DateTimeOffset now)
    {
        var time = new AsnWriter(AsnEncodingRules.DER);
        using (time.PushSequence())
        {
            time.Field(0, now);
            time.Field(1, KerberosClock.MicrosecondsOf(now));
        }

        var encrypted = new AsnWriter(AsnEncodingRules.DER);
        encrypted.WriteEncrypted(key, KerberosKeyUsage.AsRequestTimestamp, time.Encode());
        return encrypted.Encode();
    }

    /// <summary>Gives the encryption types that the KDC offers, in its order; empty when it says nothing of them.</summary>
    /// <param name="methods">METHOD-DATA, as an error carries it.</param>
    /// <exception cref="AsnContentException">It is none.</exception>
    public static IReadOnlyList<int> EncryptionTypes(ReadOnlySpan<byte> methods)
    {
        var types = new List<int>();
        if (methods.IsEmpty)
        {
            return types;
        }

        var list = new KerberosReader(methods).Sequence();
        while (list.HasData)
        {
            var method = list.Sequence();
            if (method.Field(1).Number() is not (EncryptionInfo or EncryptionInfo2))
            {
                continue;
            }

            var entries = new KerberosReader(method.Field(2).Octets()).Sequence();
            while (entries.HasData)
            {
                types.Add(entries.Sequence().Field(0).Number());
            }
        }

        return types;
    }
}
