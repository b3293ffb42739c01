using System.Formats.Asn1;

namespace Digibee.Accounts;

public sealed class KerberosReaderTests
{
    [Theory]
    [InlineData("02020080", 128)]
    [InlineData("0201FF", -1)]
    [InlineData("02047FFFFFFF", int.MaxValue)]
    public void Number_OfAnInteger_GivesIt(string hex, int expected) => Reader(hex).Number().Should().Be(expected);

    [Theory]
    [InlineData("020500FFFFFFFF", uint.MaxValue)]
    [InlineData("0201FE", 0xFFFF_FFFE)]
    public void Number32_OfEitherWayToWriteIt_GivesIt(string hex, uint expected) => Reader(hex).Number32().Should().Be(expected);

    [Theory]
    [InlineData("02050100000000")]
    [InlineData("020900FFFFFFFFFFFFFFFF")]
    [InlineData("0400")]
    [InlineData("02")]
    [InlineData("")]
    public void Number32_OfAnythingElse_Throws(string hex) => FluentActions.Invoking(() => Reader(hex).Number32()).Should().Throw<AsnContentException>();

    [Fact]
    public void TryField_OfAnAbsentField_LeavesTheNextInPlace()
    {
        var reader = Reader("A203020107");

        reader.TryField(1, out _).Should().BeFalse();
        reader.TryField(2, out var field).Should().BeTrue();
        field.Number().Should().Be(7);
        reader.TryField(3, out _).Should().BeFalse();
    }

    [Fact]
    public void SkipFieldsBefore_OfSeveral_StopsAtItOrBehindIt()
    {
        var reader = Reader("A003020101A103020102A403020105");

        reader.SkipFieldsBefore(1);
        reader.Field(1).Number().Should().Be(2);
        reader.SkipFieldsBefore(4);
        reader.Field(4).Number().Should().Be(5);
        reader.HasData.Should().BeFalse();
    }

    [Fact]
    public void Text_OfBytesBeyondAscii_IsReadAsUtf8() => Reader("1B074AC3BC7267656E").Text().Should().Be("Jürgen");

    [Theory]
    [InlineData("A0807F0000")]
    [InlineData("30800000")]
    [InlineData("3081020500")]
    public void Sequence_OfAnotherEncodingThanTheDistinguishedOne_Throws(string hex) => FluentActions.Invoking(() => Reader(hex).Sequence()).Should().Throw<AsnContentException>();

    private static KerberosReader Reader(string hex) => new(Convert.FromHexString(hex));
}
