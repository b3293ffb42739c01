using System.Formats.Asn1;
using System.Net;
using System.Net.Sockets;

namespace Digibee.Accounts;

/// <summary>A token as it goes over the wire, read by the platform's reader alone.</summary>
/// <param name="Header">The value of <c>Authorization</c>.</param>
/// <param name="Ticket">The ticket in it (RFC 4120, section 5.3).</param>
internal sealed record KerberosToken(string Header, byte[] Ticket)
{
    /// <summary>Gets the service that the ticket is for, with its realm.</summary>
    public string Service
    {
        get
        {
            var ticket = Content();
            ticket.ReadEncodedValue();
            var realm = Text(ticket.ReadSequence(Field(1)).ReadEncodedValue().Span);
            var name = ticket.ReadSequence(Field(2)).ReadSequence();
            name.ReadEncodedValue();
            var parts = name.ReadSequence(Field(1)).ReadSequence();
            var texts = new List<string>();
            while (parts.HasData)
            {
                texts.Add(Text(parts.ReadEncodedValue().Span));
            }

            return $"{string.Join('/', texts)}@{realm}";
        }
    }

    /// <summary>Gets the number of the encryption type and the version of the service's key.</summary>
    public (int Type, int Version) ServiceKey
    {
        get
        {
            var ticket = Content();
            for (var i = 0; i < 3; i++)
            {
                ticket.ReadEncodedValue();
            }

            var sealedPart = ticket.ReadSequence(Field(3)).ReadSequence();
            return ((int)sealedPart.ReadSequence(Field(0)).ReadInteger(), (int)sealedPart.ReadSequence(Field(1)).ReadInteger());
        }
    }

    /// <summary>Lets an account send a request to a server of the test's own, and gives the token that came.</summary>
    public static async Task<KerberosToken> CatchAsync(KerberosAccount account)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = new Uri($"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        await using var accounts = await AccountHttpClient.CreateAsync(account with { AllowedOrigins = [url.GetLeftPart(UriPartial.Authority)] });
        var sending = accounts.Http.GetAsync(url);
        using var client = await listener.AcceptTcpClientAsync();
        using var stream = client.GetStream();
        using var reader = new StreamReader(stream);
        var header = "";
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            header = line.StartsWith("Authorization: ", StringComparison.Ordinal) ? line["Authorization: ".Length..] : header;
        }

        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        (await sending).Dispose();
        return new(header, TicketOf(Convert.FromBase64String(header["Negotiate ".Length..])));
    }

    // SPNEGO, GSS-API and AP-REQ around it: the first is the only one that is ASN.1 all through.
    private static byte[] TicketOf(byte[] token)
    {
        var spnego = new AsnReader(token, AsnEncodingRules.DER).ReadSequence(new Asn1Tag(TagClass.Application, 0));
        spnego.ReadObjectIdentifier();
        var init = spnego.ReadSequence(Field(0)).ReadSequence();
        init.ReadEncodedValue();
        var mechanism = init.ReadSequence(Field(2)).ReadOctetString();
        AsnDecoder.ReadEncodedValue(mechanism, AsnEncodingRules.DER, out var offset, out _, out _);
        AsnDecoder.ReadObjectIdentifier(mechanism.AsSpan(offset), AsnEncodingRules.DER, out var identifier);
        var request = new AsnReader(mechanism.AsMemory(offset + identifier + 2), AsnEncodingRules.DER).ReadSequence(new Asn1Tag(TagClass.Application, 14)).ReadSequence();
        for (var i = 0; i < 3; i++)
        {
            request.ReadEncodedValue();
        }

        return request.ReadSequence(Field(3)).ReadEncodedValue().ToArray();
    }

    private static Asn1Tag Field(int number) => new(TagClass.ContextSpecific, number);

    private static string Text(ReadOnlySpan<byte> encoded)
    {
        AsnDecoder.ReadEncodedValue(encoded, AsnEncodingRules.DER, out var offset, out var length, out _);
        return System.Text.Encoding.UTF8.GetString(encoded.Slice(offset, length));
    }

    private AsnReader Content() => new AsnReader(Ticket, AsnEncodingRules.DER).ReadSequence(new Asn1Tag(TagClass.Application, 1)).ReadSequence();
}
