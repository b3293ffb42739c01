using System.Buffers.Binary;

namespace Digibee.Accounts;

public sealed class NtlmChallengeMessageTests
{
    [Fact]
    public void TryParse_OfTheExampleOfSection4243_ReadsIt()
    {
        var challenge = NtlmExample.Read(NtlmExample.Challenge);

        challenge.Flags.Should().Be((NtlmFlags)0xe28a8233);
        Convert.ToHexStringLower(challenge.ServerChallenge).Should().Be("0123456789abcdef");
        Convert.ToHexStringLower(challenge.TargetInfo).Should().Be("02000c0044006f006d00610069006e0001000c0053006500720076006500720000000000");
        challenge.Timestamp.IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void Timestamp_OfAServerThatTellsItsClock_IsReadAsItStands() =>
        Convert.ToHexStringLower(NtlmExample.Read(NtlmExample.ChallengeWithTimestamp).Timestamp).Should().Be("0090d336b734c301");

    [Theory]
    [InlineData(0)]
    [InlineData(47)]
    public void TryParse_OfHalfAHeader_SaysWrongLength(int length) =>
        NtlmChallengeMessage.TryParse(NtlmExample.Challenge.AsSpan(0, length), out _).Should().Be(NtlmChallengeFault.WrongLength);

    [Theory]
    [InlineData(48)]
    [InlineData(103)]
    public void TryParse_OfTargetInformationCutShort_SaysMalformed(int length) =>
        NtlmChallengeMessage.TryParse(NtlmExample.Challenge.AsSpan(0, length), out _).Should().Be(NtlmChallengeFault.MalformedTargetInfo);

    [Fact]
    public void TryParse_OfTheLongestMessageAndOneByteMore_TakesTheFirst()
    {
        var longest = new byte[NtlmChallengeMessage.MaxLength];
        NtlmExample.Challenge.CopyTo(longest, 0);

        NtlmChallengeMessage.TryParse(longest, out _).Should().Be(NtlmChallengeFault.None);
        NtlmChallengeMessage.TryParse([.. longest, 0], out _).Should().Be(NtlmChallengeFault.WrongLength);
    }

    [Theory]
    [InlineData(0, (byte)'n')]
    [InlineData(7, (byte)' ')]
    [InlineData(8, (byte)3)]
    [InlineData(11, (byte)1)]
    public void TryParse_OfAnotherSignatureOrType_SaysNotAChallenge(int at, byte value) => Changed(at, value).Should().Be(NtlmChallengeFault.NotAChallenge);

    [Fact]
    public void TryParse_WithoutACharacterSet_Says() => Changed(20, 0x30).Should().Be(NtlmChallengeFault.NoCharacterSet);

    [Theory]
    [InlineData(40, (byte)0x23)] // ends before the pair that ends it
    [InlineData(40, (byte)0x25)] // reaches out of the message
    [InlineData(47, (byte)0x80)] // begins two gigabytes on
    [InlineData(70, (byte)0xFF)] // the first pair is longer than the rest
    [InlineData(102, (byte)1)] // the end has a length
    public void TryParse_OfTargetInformationThatDoesNotHold_Says(int at, byte value) => Changed(at, value).Should().Be(NtlmChallengeFault.MalformedTargetInfo);

    [Theory]
    [InlineData(100, (byte)6)] // flags of eight bytes
    [InlineData(102, (byte)4)] // a clock of four bytes, then the end
    public void TryParse_OfAPairOfTheWrongLength_Says(int at, byte value)
    {
        var bytes = NtlmExample.ChallengeWithTimestamp.ToArray();
        bytes.AsSpan(104, 8).Clear();
        bytes[at] = value;

        NtlmChallengeMessage.TryParse(bytes, out _).Should().Be(NtlmChallengeFault.MalformedTargetInfo);
    }

    [Fact]
    public void TryParse_WithoutTheFlagOfTargetInformation_TakesNone()
    {
        var bytes = NtlmExample.Challenge.ToArray();
        var flags = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(20));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(20), flags & ~(uint)NtlmFlags.TargetInfo);

        NtlmExample.Read(bytes).TargetInfo.IsEmpty.Should().BeTrue();
    }

    private static NtlmChallengeFault Changed(int at, byte value)
    {
        var bytes = NtlmExample.Challenge.ToArray();
        bytes[at] = value;
        return NtlmChallengeMessage.TryParse(bytes, out _);
    }
}
