using System.Formats.Asn1;

namespace Digibee.Accounts;

/// <summary>The part of an answer that the client alone can read: EncKDCRepPart (RFC 4120, section 5.4.2).</summary>
/// <param name="SessionKey">The key shared with the service.</param>
/// <param name="Nonce">The number of the request.</param>
/// <param name="AuthenticatedAt">When the client proved itself, by the KDC's clock.</param>
/// <param name="StartsAt">When the ticket begins.</param>
/// <param name="EndsAt">When the ticket ends.</param>
/// <param name="Service">For which service the ticket is.</param>
internal sealed record KerberosKdcReplyPart(KerberosKey SessionKey, uint Nonce, DateTimeOffset AuthenticatedAt, DateTimeOffset StartsAt, DateTimeOffset EndsAt, KerberosPrincipal Service)
{
    private const int AsTag = 25;
    private const int TgsTag = 26;

    /// <summary>Reads the part. Some KDCs tag it as the TGS's in answers of the AS (RFC 4120, section 5.4.2).</summary>
    /// <exception cref="AsnContentException">It is none, or its key is of a type that is not used here, or not by this account.</exception>
    public static KerberosKdcReplyPart Read(ReadOnlySpan<byte> plaintext, bool allowsRc4)
    {
        var part = KerberosReader.OfMessage(plaintext, Asn1Tag.TryDecode(plaintext, out var tag, out _) && tag.TagValue == AsTag ? AsTag : TgsTag);
        var key = part.Field(0).Sequence();
        var encryption = KerberosEncryption.Of(key.Field(0).Number());
        var value = key.Field(1).Octets();

        // The types that were asked for travel unprotected: somebody on the way may have put RC4 in front.
        if (encryption is null || (encryption.Type == KerberosEncryptionType.Rc4 && !allowsRc4) || value.Length != encryption.KeyLength)
        {
            throw new AsnContentException();
        }

        part.SkipFieldsBefore(2);
        var nonce = part.Field(2).Number32();
        part.SkipFieldsBefore(5);
        var authenticatedAt = part.Field(5).Time();
        var startsAt = part.TryField(6, out var starts) ? starts.Time() : authenticatedAt;
        var endsAt = part.Field(7).Time();
        part.SkipFieldsBefore(9);
        var realm = part.Field(9).Text();
        var service = part.Field(10).Principal(realm);
        return new(new KerberosKey(encryption, value), nonce, authenticatedAt, startsAt, endsAt, service);
    }
}
