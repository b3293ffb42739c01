using System.Collections.Concurrent;
using System.Formats.Asn1;

namespace Digibee.Accounts;

/// <summary>A KDC of realms A and B in a few lines, to give the answers that a real one never gives.</summary>
internal sealed class KerberosTestKdc : IDisposable
{
    public static readonly byte[] SessionKey = KerberosTestKeytab.Key(32, 7);

    private const int LargestDatagram = 1_400;

    private readonly KerberosTestServer _server;
    private bool _isWrong;

    public KerberosTestKdc() => _server = new KerberosTestServer((request, overTcp) =>
    {
        var answer = Answer(request);
        return overTcp ? KerberosTestServer.Framed(answer) : answer.Length <= LargestDatagram ? answer : KerberosTestMessages.Error(52, Now);
    });

    public static KerberosPrincipal Web { get; } = new("A", KerberosNameType.ServiceInstance, "HTTP", "web.example");

    /// <summary>Gets what it was asked for, in order: AS or TGS, the service, and whether the client proved itself.</summary>
    public ConcurrentQueue<string> Seen { get; } = new();

    /// <summary>Gets or sets the key of the client.</summary>
    public byte[] ClientKey { get; set; } = KerberosTestKeytab.Key(32, 1);

    public bool RequiresPreauthentication { get; set; } = true;

    public int[] OfferedTypes { get; set; } = [18];

    public DateTimeOffset Now { get; set; } = KerberosTestMessages.Now;

    /// <summary>Gets or sets what is answered in place of the rule; <see langword="null"/> for the rule.</summary>
    public Func<string, byte[]?> Instead { get; set; } = static _ => null;

    /// <summary>Gets or sets to which realm a service of a realm is referred; <see langword="null"/> for none.</summary>
    public Func<string, string?> Refers { get; set; } = static _ => null;

    /// <summary>Gets or sets the bytes of a ticket that only its service reads.</summary>
    public int TicketLength { get; set; } = 3;

    /// <summary>Gets or sets to which requests the answer is wrong, where it is.</summary>
    public Func<string, bool> IsWrong { get; set; } = static _ => true;

    public uint NonceShift { get; set; }

    public KerberosPrincipal? WrongClient { get; set; }

    public KerberosPrincipal? WrongService { get; set; }

    public KerberosAccount Account(string keytab) => new()
    {
        Name = "a",
        Principal = "user@A",
        Keytab = new Secret(keytab),
        KeyDistributionCenters = [_server.Address],
        Configuration = $"[realms]\nB = {{\nkdc = {_server.Address}\n}}\n[domain_realm]\nweb.b = B\n",
    };

    public void Dispose() => _server.Dispose();

    private byte[] Answer(byte[] request)
    {
        Asn1Tag.TryDecode(request, out var tag, out _);
        var message = KerberosReader.OfMessage(request, tag.TagValue);
        message.SkipFieldsBefore(3);
        var proof = message.TryField(3, out var methods) ? methods.Sequence().Sequence() : default;
        var isProven = proof.HasData;
        var body = message.Field(4).Sequence();
        body.SkipFieldsBefore(2);
        var realm = body.Field(2).Text();
        var service = body.Field(3).Principal(realm);
        body.SkipFieldsBefore(7);
        var nonce = body.Field(7).Number32();
        var line = $"{(tag.TagValue == 10 ? "AS" : "TGS")} {string.Join('/', service.Parts)}@{realm}{(isProven && tag.TagValue == 10 ? " proven" : "")}";
        Seen.Enqueue(line);
        _isWrong = IsWrong(line);
        nonce += _isWrong ? NonceShift : 0;
        return Instead(line) ?? (tag.TagValue == 10 ? As(nonce, service, isProven ? proof : default) : Tgs(nonce, service));
    }

    private byte[] As(uint nonce, KerberosPrincipal service, KerberosReader proof)
    {
        using var key = new KerberosKey(KerberosEncryption.Of(18)!, ClientKey);
        if (RequiresPreauthentication)
        {
            if (!proof.HasData)
            {
                return KerberosTestMessages.Error(25, Now, KerberosTestMessages.Methods(OfferedTypes));
            }

            proof.Field(1).Number().Should().Be(2);
            using var timestamp = key.TryDecrypt(KerberosKeyUsage.AsRequestTimestamp, new KerberosReader(proof.Field(2).Octets()).EncryptedData().Ciphertext);
            if (timestamp is null)
            {
                return KerberosTestMessages.Error(24, Now);
            }

            if ((new KerberosReader(timestamp.Span).Sequence().Field(0).Time() - Now).Duration() > TimeSpan.FromMinutes(5))
            {
                return KerberosTestMessages.Error(37, Now);
            }
        }

        return Reply(11, key, KerberosKeyUsage.AsReply, 25, nonce, service);
    }

    private byte[] Tgs(uint nonce, KerberosPrincipal service)
    {
        using var key = new KerberosKey(KerberosEncryption.Of(18)!, SessionKey);
        return Reply(13, key, KerberosKeyUsage.TgsReply, 26, nonce, Refers(service.Realm) is { } next ? KerberosPrincipal.TicketGrantingService(next, service.Realm) : service);
    }

    private byte[] Reply(int type, KerberosKey key, KerberosKeyUsage usage, int partTag, uint nonce, KerberosPrincipal service) => KerberosTestMessages.Reply(
        type, key, usage, KerberosTestMessages.ReplyPart(partTag, SessionKey, nonce, (_isWrong ? WrongService : null) ?? service, Now, TimeSpan.FromHours(10)), _isWrong ? WrongClient : null, service, TicketLength);
}
