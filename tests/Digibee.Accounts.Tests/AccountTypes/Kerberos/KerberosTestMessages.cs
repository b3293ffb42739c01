using System.Formats.Asn1;

namespace Digibee.Accounts;

/// <summary>Messages of a KDC and of a service, written as RFC 4120 says, by the platform's writer alone.</summary>
internal static class KerberosTestMessages
{
    public static readonly DateTimeOffset Now = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    public static readonly KerberosPrincipal Client = new("A", KerberosNameType.Principal, "user");
    public static readonly KerberosPrincipal Granting = KerberosPrincipal.TicketGrantingService("A", of: "A");

    /// <summary>Makes an AS-REP or TGS-REP.</summary>
    public static byte[] Reply(int messageType, KerberosKey key, KerberosKeyUsage usage, byte[] part, KerberosPrincipal? client = null, KerberosPrincipal? service = null, int ticketLength = 3) => Write(messageType, writer =>
    {
        client ??= Client;
        writer.Field(0, 5);
        writer.Field(1, messageType);
        writer.Field(3, client.Realm);
        writer.Field(4, client);
        using (writer.Field(5))
        {
            writer.WriteEncodedValue(Ticket(service ?? Granting, ticketLength));
        }

        writer.Field(6, key, usage, part);
    });

    /// <summary>Makes a ticket whose sealed part, which only a service reads, is so many bytes long.</summary>
    public static byte[] Ticket(KerberosPrincipal service, int length = 3) => Write(1, writer =>
    {
        writer.Field(0, 5);
        writer.Field(1, service.Realm);
        writer.Field(2, service);
        using (writer.Field(3))
        using (writer.PushSequence())
        {
            writer.Field(0, 18);
            writer.Field(2, new byte[length]);
        }
    });

    /// <summary>Makes what only the client can read of a reply.</summary>
    public static byte[] ReplyPart(int tag, byte[] sessionKey, uint nonce, KerberosPrincipal? service = null, DateTimeOffset? authenticatedAt = null, TimeSpan? life = null, int? keyType = null) => Write(tag, writer =>
    {
        service ??= Granting;
        var start = authenticatedAt ?? Now;
        using (writer.Field(0))
        using (writer.PushSequence())
        {
            writer.Field(0, keyType ?? (sessionKey.Length == 32 ? 18 : 17));
            writer.Field(1, sessionKey);
        }

        using (writer.Field(1))
        using (writer.PushSequence())
        {
        }

        writer.Field(2, nonce);
        writer.Flags(4, 0x4000_0000);
        writer.Field(5, start);
        writer.Field(7, start + (life ?? TimeSpan.FromHours(10)));
        writer.Field(9, service.Realm);
        writer.Field(10, service);
    });

    public static byte[] Error(int code, DateTimeOffset? serverTime = null, byte[]? data = null) => Write(30, writer =>
    {
        writer.Field(0, 5);
        writer.Field(1, 30);
        writer.Field(4, serverTime ?? Now);
        writer.Field(5, 123_456);
        writer.Field(6, code);
        writer.Field(9, "A");
        writer.Field(10, Granting);
        writer.Field(11, "c4n4ry, as servers write");
        if (data is not null)
        {
            writer.Field(12, data);
        }
    });

    /// <summary>Makes METHOD-DATA with PA-ETYPE-INFO2 and a hint that is not about keys.</summary>
    public static byte[] Methods(params int[] encryptionTypes)
    {
        var info = new AsnWriter(AsnEncodingRules.DER);
        using (info.PushSequence())
        {
            foreach (var type in encryptionTypes)
            {
                using (info.PushSequence())
                {
                    info.Field(0, type);
                    info.Field(1, "Asalt");
                }
            }
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (var (type, value) in new[] { (2, []), (19, info.Encode()) })
            {
                using (writer.PushSequence())
                {
                    writer.Field(1, type);
                    writer.Field(2, value);
                }
            }
        }

        return writer.Encode();
    }

    /// <summary>Makes AP-REP.</summary>
    public static byte[] ApReply(KerberosKey key, DateTimeOffset timestamp) => Write(15, writer =>
    {
        writer.Field(0, 5);
        writer.Field(1, 15);
        writer.Field(2, key, KerberosKeyUsage.ApReply, Write(27, part =>
        {
            part.Field(0, timestamp);
            part.Field(1, KerberosClock.MicrosecondsOf(timestamp));
        }));
    });

    private static byte[] Write(int tag, Action<AsnWriter> content)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.Application(tag))
        using (writer.PushSequence())
        {
            content(writer);
        }

        return writer.Encode();
    }
}
