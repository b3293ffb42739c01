using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Digibee.Accounts;

/// <summary>The third message: the NTLMv2 answer to a challenge (MS-NLMP, sections 2.2.1.3 and 3.3.2). LM and NTLMv1 are never answered with.</summary>
internal readonly ref struct NtlmAuthenticateMessage
{
    private const int LmResponseAt = 12;
    private const int NtResponseAt = 20;
    private const int DomainAt = 28;
    private const int UserNameAt = 36;
    private const int WorkstationAt = 44;
    private const int SessionKeyAt = 52;
    private const int FlagsAt = 60;
    private const int VersionAt = 64;
    private const int IntegrityCodeAt = 72;

    private const int LmResponseLength = 24;
    private const int ChallengeLength = 8;

    // NTLMv2_CLIENT_CHALLENGE (section 2.2.2.7): two version bytes, six zeros, time, client challenge, four zeros, then the target information.
    private const int TimeAt = 8;
    private const int ClientChallengeAt = 16;
    private const int TargetInfoAt = 28;

    public required NtlmIdentity Identity { get; init; }

    /// <summary>Gets the client's random eight bytes, fresh for each answer.</summary>
    public required ReadOnlySpan<byte> ClientChallenge { get; init; }

    /// <summary>Gets the client's clock, used when the server does not tell its own.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Gets the service principal name of what is called; <see langword="null"/> to name none.</summary>
    public string? TargetName { get; init; }

    /// <summary>Gets the hash of the channel bindings; empty to leave them out.</summary>
    public ReadOnlySpan<byte> ChannelBindings { get; init; }

    /// <summary>Answers a challenge.</summary>
    /// <param name="challenge">The challenge, an answer to <see cref="NtlmNegotiateMessage"/>.</param>
    /// <param name="password">The password.</param>
    /// <returns>The message. A password can be guessed from it at leisure: it is sent and wiped.</returns>
    public byte[] Create(in NtlmChallengeMessage challenge, Secret password)
    {
        // A server that tells its clock knows the integrity code. Over http it is the only thing that keeps the flags from being changed on the way.
        var timestamp = challenge.Timestamp;
        var withIntegrityCode = !timestamp.IsEmpty;
        var encoding = (challenge.Flags & NtlmFlags.Unicode) != NtlmFlags.None ? Encoding.Unicode : Encoding.ASCII;
        var targetInfo = new NtlmTargetInfo(challenge.TargetInfo, withIntegrityCode, TargetName, ChannelBindings);
        var ntResponseLength = NtlmHash.Length + TargetInfoAt + targetInfo.Length + sizeof(int);
        var offset = IntegrityCodeAt + (withIntegrityCode ? NtlmHash.Length : 0);
        var message = new byte[offset + encoding.GetByteCount(Identity.Domain) + encoding.GetByteCount(Identity.UserName) + encoding.GetByteCount(Identity.Workstation)
            + LmResponseLength + ntResponseLength];

        NtlmMessage.Signature.CopyTo(message);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(NtlmMessage.TypeAt), NtlmMessage.AuthenticateType);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(FlagsAt), (uint)Agreed(challenge.Flags));
        NtlmMessage.Version.CopyTo(message.AsSpan(VersionAt));
        WriteText(message, DomainAt, Identity.Domain, encoding, ref offset);
        WriteText(message, UserNameAt, Identity.UserName, encoding, ref offset);
        WriteText(message, WorkstationAt, Identity.Workstation, encoding, ref offset);
        var lmResponse = NtlmMessage.WriteField(message, LmResponseAt, LmResponseLength, ref offset);
        var ntResponse = NtlmMessage.WriteField(message, NtResponseAt, ntResponseLength, ref offset);
        NtlmMessage.WriteField(message, SessionKeyAt, 0, ref offset);
        WriteClientChallenge(ntResponse[NtlmHash.Length..], timestamp, targetInfo);

        Span<byte> key = stackalloc byte[NtlmHash.Length];
        try
        {
            NtlmResponseKey.Derive(Identity, password, key);
            Prove(challenge, key, lmResponse, ntResponse, withIntegrityCode);
            if (withIntegrityCode)
            {
                // Without a key exchange the session's base key is the session's key (section 3.4.5.1).
                NtlmHash.HmacMd5(key, ntResponse[..NtlmHash.Length], key);
                NtlmHash.HmacMd5(key, NtlmNegotiateMessage.Bytes, challenge.Bytes, message, message.AsSpan(IntegrityCodeAt, NtlmHash.Length));
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }

        return message;
    }

    private static NtlmFlags Agreed(NtlmFlags server)
    {
        var agreed = (server & NtlmNegotiateMessage.Offered) | NtlmFlags.RequestTarget;
        return (agreed & NtlmFlags.Unicode) != NtlmFlags.None ? agreed & ~NtlmFlags.Oem : agreed;
    }

    private static void WriteText(Span<byte> message, int at, string text, Encoding encoding, ref int offset) =>
        encoding.GetBytes(text, NtlmMessage.WriteField(message, at, encoding.GetByteCount(text), ref offset));

    private void WriteClientChallenge(Span<byte> destination, ReadOnlySpan<byte> timestamp, in NtlmTargetInfo targetInfo)
    {
        destination[0] = destination[1] = 1;
        BinaryPrimitives.WriteInt64LittleEndian(destination[TimeAt..], Time.ToFileTime());
        timestamp.CopyTo(destination[TimeAt..]);
        ClientChallenge.CopyTo(destination[ClientChallengeAt..]);
        targetInfo.Write(destination[TargetInfoAt..]);
    }

    private void Prove(in NtlmChallengeMessage challenge, ReadOnlySpan<byte> key, Span<byte> lmResponse, Span<byte> ntResponse, bool withIntegrityCode)
    {
        // The proof covers the server's challenge and then the client's: where the proof will stand, there is room for it just before.
        var covered = ntResponse[(NtlmHash.Length - ChallengeLength)..];
        challenge.ServerChallenge.CopyTo(covered);
        NtlmHash.HmacMd5(key, covered, ntResponse[..NtlmHash.Length]);

        // LMv2, which is none of LM's: for servers of before the integrity code. For others it stays zero, as section 3.1.5.1.2 wants it.
        if (!withIntegrityCode)
        {
            Span<byte> challenges = stackalloc byte[2 * ChallengeLength];
            challenge.ServerChallenge.CopyTo(challenges);
            ClientChallenge.CopyTo(challenges[ChallengeLength..]);
            NtlmHash.HmacMd5(key, challenges, lmResponse);
            ClientChallenge.CopyTo(lmResponse[NtlmHash.Length..]);
        }
    }
}
