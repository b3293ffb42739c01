using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Digibee.Accounts;

public sealed class PssParametersTests
{
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";
    private const string Sha512 = "2.16.840.1.101.3.4.2.3";

    private static readonly RSA Key = RSA.Create(2_048);

    [Fact]
    public void Supports_OfAKeyWithoutParameters_AreAllOfPssAndNothingElse()
    {
        var key = Open(parameters: null);

        key.DefaultAlgorithm.Should().Be(SignatureAlgorithm.RsaPssSha512);
        Enum.GetValues<SignatureAlgorithm>().Where(key.Supports).Should().Equal(SignatureAlgorithm.RsaPssSha512, SignatureAlgorithm.RsaPssSha384, SignatureAlgorithm.RsaPssSha256);
    }

    [Fact]
    public void Supports_OfAKeyThatIsBoundToAHash_IsThatOneAlone()
    {
        var key = Open(Parameters(Sha256, Sha256, salt: 32));

        key.DefaultAlgorithm.Should().Be(SignatureAlgorithm.RsaPssSha256);
        Enum.GetValues<SignatureAlgorithm>().Where(key.Supports).Should().Equal(SignatureAlgorithm.RsaPssSha256);
        key.Sign("data"u8).Should().HaveCount(256);
    }

    [Theory]
    [InlineData(Sha256, Sha512, 32)]
    [InlineData(Sha256, Sha256, 33)]
    [InlineData("1.3.14.3.2.26", "1.3.14.3.2.26", 20)]
    public void Supports_OfAKeyThatIsBoundToSomethingElse_IsNothing(string hash, string maskHash, int salt) =>
        FluentActions.Invoking(() => Open(Parameters(hash, maskHash, salt)).DefaultAlgorithm).Should().Throw<AccountValidationException>().WithMessage("*it is bound to PSS with parameters that are not supported*");

    // Everything left out means SHA-1 (RFC 4055, section 3.1).
    [Fact]
    public void Supports_OfAKeyWithEmptyParameters_IsNothing() =>
        FluentActions.Invoking(() => Open([0x30, 0x00]).DefaultAlgorithm).Should().Throw<AccountValidationException>();

    private static SigningKey Open(byte[]? parameters)
    {
        var info = new AsnWriter(AsnEncodingRules.DER);
        using (info.PushSequence())
        {
            info.WriteInteger(0);
            using (info.PushSequence())
            {
                info.WriteObjectIdentifier("1.2.840.113549.1.1.10");
                if (parameters is not null)
                {
                    info.WriteEncodedValue(parameters);
                }
            }

            info.WriteOctetString(Key.ExportRSAPrivateKey());
        }

        return SigningKey.Of(TestKeys.Open(new PrivateKeyAccount { Name = "signer", Key = new Secret(PemEncoding.WriteString("PRIVATE KEY", info.Encode())) }));
    }

    private static byte[] Parameters(string hash, string maskHash, int salt)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(hash);
            }

            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1)))
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.2.840.113549.1.1.8");
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(maskHash);
                }
            }

            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 2)))
            {
                writer.WriteInteger(salt);
            }
        }

        return writer.Encode();
    }
}
