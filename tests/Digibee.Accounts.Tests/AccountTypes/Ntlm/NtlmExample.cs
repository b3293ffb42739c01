namespace Digibee.Accounts;

/// <summary>The example of MS-NLMP, section 4.2: the values of 4.2.1 and the NTLMv2 messages of 4.2.4.3.</summary>
internal static class NtlmExample
{
    public static readonly NtlmIdentity Identity = new("User", "Domain", "COMPUTER");
    public static readonly Secret Password = new("Password");
    public static readonly byte[] ClientChallenge = Convert.FromHexString("aaaaaaaaaaaaaaaa");

    /// <summary>The time 0 of a FILETIME.</summary>
    public static readonly DateTimeOffset Time = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly byte[] Challenge = Convert.FromHexString(
        "4e544c4d53535000020000000c000c003800000033828ae20123456789abcdef00000000000000002400240044000000060070170000000f530065007200760065007200"
        + "02000c0044006f006d00610069006e0001000c0053006500720076006500720000000000");

    public static readonly byte[] Authenticate = Convert.FromHexString(
        "4e544c4d5353500003000000180018006c00000054005400840000000c000c00480000000800080054000000100010005c00000010001000d8000000358288e20501280a0000000f"
        + "44006f006d00610069006e00550073006500720043004f004d0050005500540045005200"
        + "86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa"
        + "68cd0ab851e51c96aabc927bebef6a1c01010000000000000000000000000000aaaaaaaaaaaaaaaa0000000002000c0044006f006d00610069006e0001000c005300650072007600650072000000000000000000"
        + "c5dad2544fc9799094ce1ce90bc9d03e");

    /// <summary>The example's challenge with a clock, without key exchange. Made with Python's hmac, as is <see cref="AuthenticateWithIntegrityCode"/>.</summary>
    public static readonly byte[] ChallengeWithTimestamp = Convert.FromHexString(
        "4e544c4d53535000020000000c000c003800000033828aa20123456789abcdef00000000000000003000300044000000060070170000000f530065007200760065007200"
        + "02000c0044006f006d00610069006e0001000c00530065007200760065007200070008000090d336b734c30100000000");

    /// <summary>The answer, computed apart from this library, with the target name <c>HTTP/server.example</c> and the bindings of <see cref="ChannelBindings"/>.</summary>
    public static readonly byte[] AuthenticateWithIntegrityCode = Convert.FromHexString(
        "4e544c4d5353500003000000180018007c000000a600a600940000000c000c00580000000800080064000000100010006c000000000000003a010000058288a20a0000000000000f"
        + "0ec5c65eb6030ba2918d5f4b8e33543f44006f006d00610069006e00550073006500720043004f004d0050005500540045005200"
        + "000000000000000000000000000000000000000000000000"
        + "1e0df0168b5c1ae49141591491aa2f4f01010000000000000090d336b734c301aaaaaaaaaaaaaaaa0000000002000c0044006f006d00610069006e0001000c00530065007200760065007200070008000090d336b734c301"
        + "06000400020000000a0010006586e99d81c2fc984e47172fd4dd03100900260048005400540050002f007300650072007600650072002e006500780061006d0070006c0065000000000000000000");

    /// <summary>The hash of Microsoft's published example of channel bindings, "NTLM and Channel Binding Hash (aka Extended Protection for Authentication)".</summary>
    public static readonly byte[] ChannelBindings = Convert.FromHexString("6586e99d81c2fc984e47172fd4dd0310");

    public static NtlmChallengeMessage Read(ReadOnlySpan<byte> challenge)
    {
        NtlmChallengeMessage.TryParse(challenge, out var read).Should().Be(NtlmChallengeFault.None);
        return read;
    }
}
