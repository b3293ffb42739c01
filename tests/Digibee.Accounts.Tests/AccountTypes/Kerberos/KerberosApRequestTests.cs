namespace Digibee.Accounts;

public sealed class KerberosApRequestTests
{
    [Theory]
    [InlineData(0u)]
    [InlineData(KerberosApRequest.MutualRequired)]
    public void Message_OfATicket_CarriesItAndAnAuthenticatorUnderItsKey(uint options)
    {
        var timestamp = KerberosTestMessages.Now.AddTicks(1_234_560);
        using var ticket = KerberosTicketTests.Create(TimeSpan.FromHours(1));

        var message = KerberosReader.OfMessage(KerberosApRequest.Message(ticket, KerberosKeyUsage.ApRequestAuthenticator, options, timestamp, 0x8003, [1, 2]), applicationTag: 14);

        message.Field(0).Number().Should().Be(5);
        message.Field(1).Number().Should().Be(14);
        var flags = message.Field(2).Encoded().ToArray();
        Convert.ToHexString(flags).Should().Be(options == 0 ? "03050000000000" : "03050020000000");
        message.Field(3).Encoded().ToArray().Should().Equal(ticket.Encoded);
        using var plaintext = ticket.SessionKey.TryDecrypt(KerberosKeyUsage.ApRequestAuthenticator, message.Field(4).EncryptedData().Ciphertext)!;
        var authenticator = KerberosReader.OfMessage(plaintext.Span, applicationTag: 2);
        authenticator.Field(0).Number().Should().Be(5);
        authenticator.Field(1).Text().Should().Be("A");
        authenticator.Field(2).Principal("A").Is(KerberosTestMessages.Client).Should().BeTrue();
        var checksum = authenticator.Field(3).Sequence();
        checksum.Field(0).Number().Should().Be(0x8003);
        checksum.Field(1).Octets().ToArray().Should().Equal(1, 2);
        authenticator.Field(4).Number().Should().Be(123_456);
        authenticator.Field(5).Time().Should().Be(KerberosTestMessages.Now);
        authenticator.HasData.Should().BeFalse();
    }
}
