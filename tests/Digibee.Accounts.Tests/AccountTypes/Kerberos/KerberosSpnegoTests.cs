using System.Formats.Asn1;

namespace Digibee.Accounts;

public sealed class KerberosSpnegoTests
{
    private static readonly byte[] Mechanism = Convert.FromHexString("06092A864886F712010202");

    [Fact]
    public void Wrap_OfARequest_OffersKerberosAndCarriesIt()
    {
        var wrapped = KerberosSpnego.Wrap([1, 2, 3]);

        // Written by hand from RFC 4178, section 4.2.1, and RFC 4121, section 4.1.
        Convert.ToHexString(wrapped).Should().Be("603106062B0601050502A0273025A00D300B06092A864886F712010202A2140412601006092A864886F7120102020100010203");
    }

    [Theory]
    [InlineData(100)]
    [InlineData(300)]
    [InlineData(70_000)]
    public void Unwrap_OfAReply_GivesItWhateverItsLength(int length)
    {
        byte[] reply = [.. Enumerable.Repeat((byte)7, length)];

        KerberosSpnego.Unwrap(Response(Token([2, 0, .. reply]))).ToArray().Should().Equal(reply);
        KerberosSpnego.Unwrap(Token([2, 0, .. reply])).ToArray().Should().Equal(reply, "some send it bare");
    }

    [Fact]
    public void Unwrap_OfARequestOrAnErrorOrAnotherMechanism_Throws()
    {
        Unwrapping(Response(Token([1, 0, 1]))).Should().Throw<AsnContentException>();
        Unwrapping(Response(Token([3, 0, 1]))).Should().Throw<AsnContentException>();
        Unwrapping(Convert.FromHexString("A1143012A0030A0100A10B06092A864886F712010202")).Should().Throw<AsnContentException>("it holds no token");
        Unwrapping([]).Should().Throw<AsnContentException>();
    }

    [Fact]
    public void Checksum_OfGss_HoldsItsLengthNoBindingAndTheFlag()
    {
        Convert.ToHexString(KerberosSpnego.Checksum(mutual: false)).Should().Be("10000000" + new string('0', 32) + "00000000");
        Convert.ToHexString(KerberosSpnego.Checksum(mutual: true)).Should().Be("10000000" + new string('0', 32) + "02000000");
    }

    private static Action Unwrapping(byte[] token) => () => KerberosSpnego.Unwrap(token);

    private static byte[] Token(byte[] content)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteOctetString([.. Mechanism, .. content], new Asn1Tag(TagClass.Application, 0));
        var token = writer.Encode();

        // Constructed, which the writer does not do for octets.
        token[0] = 0x60;
        return token;
    }

    private static byte[] Response(byte[] token)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.Field(1))
        using (writer.PushSequence())
        {
            using (writer.Field(0))
            {
                writer.WriteEncodedValue([0x0A, 1, 0]);
            }

            using (writer.Field(1))
            {
                writer.WriteEncodedValue(Mechanism);
            }

            writer.Field(2, token);
        }

        return writer.Encode();
    }
}
