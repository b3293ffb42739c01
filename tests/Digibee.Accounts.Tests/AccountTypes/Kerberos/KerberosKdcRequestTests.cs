namespace Digibee.Accounts;

public sealed class KerberosKdcRequestTests
{
    [Fact]
    public void Body_OfARequest_IsToTheByteWhatRfc4120Says()
    {
        var service = KerberosPrincipal.TicketGrantingService("A", of: "A");

        var body = KerberosKdcRequest.Body(KerberosKdcRequest.Canonicalize, KerberosTestMessages.Client, service, nonce: 7, [KerberosEncryptionType.Aes256Sha1, KerberosEncryptionType.Rc4]);

        // Written by hand: options, cname, realm, sname, till, nonce, etype.
        Convert.ToHexString(body).Should().Be(
            "305B"
            + "A007" + "03050000010000"
            + "A111" + "300F" + "A003020101" + "A108" + "3006" + "1B0475736572"
            + "A203" + "1B0141"
            + "A316" + "3014" + "A003020102" + "A10D" + "300B" + "1B066B7262746774" + "1B0141"
            + "A511" + "180F" + "31393730303130313030303030305A"
            + "A703" + "020107"
            + "A808" + "3006" + "020112" + "020117");
    }

    [Fact]
    public void Message_WithAProof_CarriesBothAndTheBody()
    {
        var message = KerberosReader.OfMessage(KerberosKdcRequest.Message(KerberosKdcRequest.TgsRequest, [0x30, 0x00], 1, [9]), applicationTag: 12);

        message.Field(1).Number().Should().Be(5);
        message.Field(2).Number().Should().Be(12);
        var proof = message.Field(3).Sequence().Sequence();
        proof.Field(1).Number().Should().Be(1);
        proof.Field(2).Octets().ToArray().Should().Equal(9);
        message.Field(4).Encoded().ToArray().Should().Equal(0x30, 0x00);
    }

    [Fact]
    public void Message_WithoutAProof_HasNoFieldForIt() =>
        Convert.ToHexString(KerberosKdcRequest.Message(KerberosKdcRequest.AsRequest, [0x30, 0x00], 2, [])).Should().Be("6A10" + "300E" + "A103020105" + "A20302010A" + "A4023000");
}
