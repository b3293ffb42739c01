using System.Buffers.Binary;
using System.Text;

namespace Digibee.Accounts;

/// <summary>Keytabs written by hand, as the format of MIT Kerberos, version 0x0502, says.</summary>
internal sealed class KerberosTestKeytab
{
    private readonly List<byte> _bytes = [5, 2];

    public byte[] Bytes => [.. _bytes];

    public string Base64 => Convert.ToBase64String(Bytes);

    public KerberosTestKeytab Entry(string realm, string[] parts, uint version, int type, byte[] key, bool writeWideVersion = false)
    {
        var entry = new List<byte>();
        Number16(entry, parts.Length);
        Counted(entry, Encoding.UTF8.GetBytes(realm));
        foreach (var part in parts)
        {
            Counted(entry, Encoding.UTF8.GetBytes(part));
        }

        Number32(entry, 1);
        Number32(entry, 1_700_000_000);
        entry.Add((byte)version);
        Number16(entry, type);
        Counted(entry, key);
        if (writeWideVersion)
        {
            Number32(entry, version);
        }

        Number32(_bytes, (uint)entry.Count);
        _bytes.AddRange(entry);
        return this;
    }

    public KerberosTestKeytab Hole(int length)
    {
        Number32(_bytes, (uint)-length);
        _bytes.AddRange(Enumerable.Repeat((byte)0xEE, length));
        return this;
    }

    public KerberosTestKeytab Raw(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>Gives a key of some length that is made of one byte.</summary>
    public static byte[] Key(int length, byte value) => [.. Enumerable.Repeat(value, length)];

    private static void Counted(List<byte> bytes, byte[] counted)
    {
        Number16(bytes, counted.Length);
        bytes.AddRange(counted);
    }

    private static void Number16(List<byte> bytes, int number) => bytes.AddRange([(byte)(number >> 8), (byte)number]);

    private static void Number32(List<byte> bytes, uint number)
    {
        var four = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(four, number);
        bytes.AddRange(four);
    }
}
