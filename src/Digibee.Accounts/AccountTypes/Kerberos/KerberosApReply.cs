namespace Digibee.Accounts;

/// <summary>AP-REP (RFC 4120, section 5.5.2): the service's proof that it could read the ticket.</summary>
internal static class KerberosApReply
{
    private const int MessageType = 15;
    private const int PartTag = 27;

    /// <summary>Tells whether it answers the authenticator of this time, under this key.</summary>
    /// <exception cref="System.Formats.Asn1.AsnContentException">It is no AP-REP.</exception>
    public static bool Proves(ReadOnlySpan<byte> message, KerberosKey sessionKey, DateTimeOffset timestamp)
    {
        var reply = KerberosReader.OfMessage(message, MessageType);
        reply.SkipFieldsBefore(2);
        var encrypted = reply.Field(2).EncryptedData();
        using var plaintext = encrypted.EncryptionType == (int)sessionKey.Type ? sessionKey.TryDecrypt(KerberosKeyUsage.ApReply, encrypted.Ciphertext) : null;
        if (plaintext is null)
        {
            return false;
        }

        var part = KerberosReader.OfMessage(plaintext.Span, PartTag);
        var time = part.Field(0).Time();
        var microseconds = part.Field(1).Number();
        return time.ToUnixTimeSeconds() == timestamp.ToUnixTimeSeconds() && microseconds == KerberosClock.MicrosecondsOf(timestamp);
    }
}
