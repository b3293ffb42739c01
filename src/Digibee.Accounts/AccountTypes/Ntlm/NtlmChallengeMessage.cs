using System.Buffers.Binary;

namespace Digibee.Accounts;

/// <summary>The second message: the server's challenge (MS-NLMP, section 2.2.1.2), read where it lies.</summary>
internal readonly ref struct NtlmChallengeMessage
{
    /// <summary>The most bytes that are read. Real challenges have some hundred; what is answered must fit a field of 65,535.</summary>
    public const int MaxLength = 16_384;

    private const int FlagsAt = 20;
    private const int ServerChallengeAt = 24;
    private const int TargetInfoAt = 40;
    private const int MinLength = 48;

    private NtlmChallengeMessage(ReadOnlySpan<byte> bytes, NtlmFlags flags, ReadOnlySpan<byte> targetInfo)
    {
        Bytes = bytes;
        Flags = flags;
        TargetInfo = targetInfo;
    }

    /// <summary>Gets the whole message, which the integrity code of the answer covers.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    public NtlmFlags Flags { get; }

    /// <summary>Gets the eight bytes that the answer must prove to have seen.</summary>
    public ReadOnlySpan<byte> ServerChallenge => Bytes.Slice(ServerChallengeAt, 8);

    /// <summary>Gets what the server says of itself; empty, or well-formed pairs and their end.</summary>
    public ReadOnlySpan<byte> TargetInfo { get; }

    /// <summary>Gets the server's clock, 8 bytes; empty when it does not say. A server that says it expects the answer's integrity code.</summary>
    public ReadOnlySpan<byte> Timestamp
    {
        get
        {
            var pairs = new NtlmAvPairs(TargetInfo);
            while (pairs.MoveNext())
            {
                if (pairs.Id == NtlmAvId.Timestamp)
                {
                    return pairs.Value;
                }
            }

            return [];
        }
    }

    /// <summary>Reads a challenge.</summary>
    /// <param name="bytes">The message.</param>
    /// <param name="challenge">The challenge, valid as long as <paramref name="bytes"/>.</param>
    /// <returns><see cref="NtlmChallengeFault.None"/>, or why it cannot be answered.</returns>
    public static NtlmChallengeFault TryParse(ReadOnlySpan<byte> bytes, out NtlmChallengeMessage challenge)
    {
        challenge = default;
        if (bytes.Length is < MinLength or > MaxLength)
        {
            return NtlmChallengeFault.WrongLength;
        }

        if (!bytes.StartsWith(NtlmMessage.Signature) || BinaryPrimitives.ReadUInt32LittleEndian(bytes[NtlmMessage.TypeAt..]) != NtlmMessage.ChallengeType)
        {
            return NtlmChallengeFault.NotAChallenge;
        }

        var flags = (NtlmFlags)BinaryPrimitives.ReadUInt32LittleEndian(bytes[FlagsAt..]);
        if ((flags & (NtlmFlags.Unicode | NtlmFlags.Oem)) == NtlmFlags.None)
        {
            return NtlmChallengeFault.NoCharacterSet;
        }

        ReadOnlySpan<byte> targetInfo = [];
        if ((flags & NtlmFlags.TargetInfo) != NtlmFlags.None && !(NtlmMessage.TryReadField(bytes, TargetInfoAt, out targetInfo) && IsWellFormed(targetInfo)))
        {
            return NtlmChallengeFault.MalformedTargetInfo;
        }

        challenge = new NtlmChallengeMessage(bytes, flags, targetInfo);
        return NtlmChallengeFault.None;
    }

    private static bool IsWellFormed(ReadOnlySpan<byte> targetInfo)
    {
        var pairs = new NtlmAvPairs(targetInfo);
        while (pairs.MoveNext())
        {
            if ((pairs.Id == NtlmAvId.Timestamp && pairs.Value.Length != 8) || (pairs.Id == NtlmAvId.Flags && pairs.Value.Length != 4))
            {
                return false;
            }
        }

        return pairs.IsComplete || targetInfo.IsEmpty;
    }
}
