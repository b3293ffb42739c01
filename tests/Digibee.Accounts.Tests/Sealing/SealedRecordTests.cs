namespace Digibee.Accounts;

public sealed class SealedRecordTests
{
    [Theory]
    [InlineData(0, 152)]
    [InlineData(63, 152)]
    [InlineData(64, 216)]
    [InlineData(1_048_575, 1_048_664)]
    public void LengthFor_AContent_AddsTheOverheadAndPaddingOfTheFormat(int content, int expected) => SealedRecord.LengthFor(content).Should().Be(expected);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void WriteStart_OfAKind_IsWhatCheckTakesForThatKindAndNoOther(byte number)
    {
        var kind = (SealKind)number;
        var record = new byte[152];
        record.AsSpan().Fill(0xAA);

        SealedRecord.WriteStart(record, kind, 0x0102030405060708);

        record[..16].Should().Equal(0xFE, 0x44, 0x41, 1, 1, number, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8);
        SealedRecord.KeyId(record).Should().Be(0x0102030405060708);
        foreach (var other in Enum.GetValues<SealKind>())
        {
            SealedRecord.Check(record, other).Should().Be(other == kind ? null : AccountSealFailure.WrongKind);
        }
    }
}
