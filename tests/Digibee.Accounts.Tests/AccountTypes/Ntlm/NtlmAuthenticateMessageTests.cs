using System.Buffers.Binary;
using System.Text;

namespace Digibee.Accounts;

public sealed class NtlmAuthenticateMessageTests
{
    // The example signs and seals and carries a key, which HTTP has no use for: flags, version and key are not its.
    [Fact]
    public void Create_OfTheExampleOfSection4243_IsThePublishedMessageButForTheKey()
    {
        var message = Example(NtlmExample.Identity).Create(NtlmExample.Read(NtlmExample.Challenge), NtlmExample.Password);

        message[..52].Should().Equal(NtlmExample.Authenticate[..52]);
        message[72..].Should().Equal(NtlmExample.Authenticate[72..^16]);
    }

    [Fact]
    public void Create_OfTheExample_AnswersWithThePublishedProofsOfLmV2AndNtlmV2()
    {
        var message = Example(NtlmExample.Identity).Create(NtlmExample.Read(NtlmExample.Challenge), NtlmExample.Password);

        Convert.ToHexStringLower(NtlmTestFields.LmResponse(message)).Should().Be("86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa");
        Convert.ToHexStringLower(NtlmTestFields.NtResponse(message)[..16]).Should().Be("68cd0ab851e51c96aabc927bebef6a1c");
    }

    [Fact]
    public void Create_ForAServerThatTellsItsClock_IsTheMessageComputedApart()
    {
        var message = new NtlmAuthenticateMessage
        {
            Identity = NtlmExample.Identity,
            ClientChallenge = NtlmExample.ClientChallenge,
            Time = new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero),
            TargetName = "HTTP/server.example",
            ChannelBindings = NtlmExample.ChannelBindings,
        }.Create(NtlmExample.Read(NtlmExample.ChallengeWithTimestamp), NtlmExample.Password);

        message.Should().Equal(NtlmExample.AuthenticateWithIntegrityCode);
    }

    [Fact]
    public void Create_ForAServerThatDoesNotTellItsClock_TakesTheClients()
    {
        var time = new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

        var message = (Example(NtlmExample.Identity) with { Time = time }).Create(NtlmExample.Read(NtlmExample.Challenge), NtlmExample.Password);

        BinaryPrimitives.ReadInt64LittleEndian(NtlmTestFields.NtResponse(message)[24..]).Should().Be(time.ToFileTime());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Create_OfAnyChallenge_AgreesToNoKeyExchangeAndSendsNoKey(bool withTimestamp)
    {
        var challenge = NtlmExample.Read(withTimestamp ? NtlmExample.ChallengeWithTimestamp : NtlmExample.Challenge);

        var message = Example(NtlmExample.Identity).Create(challenge, NtlmExample.Password);

        NtlmTestFields.Flags(message).Should().NotHaveFlag(NtlmFlags.KeyExchange).And.NotHaveFlag(NtlmFlags.Oem).And.HaveFlag(NtlmFlags.Unicode);
        NtlmTestFields.SessionKey(message).IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void Create_ForAServerWithoutUnicode_WritesNamesInAsciiAndKeepsTheProof()
    {
        var challenge = NtlmExample.Challenge.ToArray();
        challenge[20] = 0x32;

        var message = Example(NtlmExample.Identity).Create(NtlmExample.Read(challenge), NtlmExample.Password);

        Encoding.ASCII.GetString(NtlmTestFields.UserName(message)).Should().Be("User");
        Encoding.ASCII.GetString(NtlmTestFields.Domain(message)).Should().Be("Domain");
        Encoding.ASCII.GetString(NtlmTestFields.Workstation(message)).Should().Be("COMPUTER");
        NtlmTestFields.Flags(message).Should().HaveFlag(NtlmFlags.Oem).And.NotHaveFlag(NtlmFlags.Unicode);
        Convert.ToHexStringLower(NtlmTestFields.NtResponse(message)[..16]).Should().Be("68cd0ab851e51c96aabc927bebef6a1c");
    }

    [Fact]
    public void Create_WithoutDomainAndWorkstation_LeavesThemEmpty()
    {
        var message = Example(new NtlmIdentity("user@corp.example", "", "")).Create(NtlmExample.Read(NtlmExample.Challenge), NtlmExample.Password);

        NtlmTestFields.Domain(message).IsEmpty.Should().BeTrue();
        NtlmTestFields.Workstation(message).IsEmpty.Should().BeTrue();
        Encoding.Unicode.GetString(NtlmTestFields.UserName(message)).Should().Be("user@corp.example");
    }

    [Fact]
    public void Create_ForAServerThatSaysWhatOnlyTheClientMay_ReplacesIt()
    {
        byte[] forged = [9, 0, 2, 0, (byte)'X', 0, 10, 0, 2, 0, 1, 1, 6, 0, 4, 0, 1, 0, 0, 0, 0, 0, 0, 0];
        var challenge = NtlmExample.Challenge[..68].Concat(forged).ToArray();
        BinaryPrimitives.WriteUInt16LittleEndian(challenge.AsSpan(40), (ushort)forged.Length);

        var message = (Example(NtlmExample.Identity) with { TargetName = "HTTP/a", ChannelBindings = NtlmExample.ChannelBindings })
            .Create(NtlmExample.Read(challenge), NtlmExample.Password);

        Convert.ToHexStringLower(NtlmTestFields.NtResponse(message)[44..]).Should().Be(
            "0600040001000000" + "0a001000" + Convert.ToHexStringLower(NtlmExample.ChannelBindings) + "09000c0048005400540050002f006100" + "00000000" + "00000000");
    }

    private static NtlmAuthenticateMessage Example(NtlmIdentity identity) =>
        new() { Identity = identity, ClientChallenge = NtlmExample.ClientChallenge, Time = NtlmExample.Time };
}
