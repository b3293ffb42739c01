namespace Digibee.Accounts;

public sealed class ReceivedSignatureReaderTests
{
    [Theory]
    [InlineData(256, 1, 1)]
    [InlineData(128, 3, 2)]
    [InlineData(1, 9, 8)]
    public void Read_OfMoreThanAnybodyMeans_GivesTheFirst(int components, int signatures, int expected)
    {
        var covered = string.Join(' ', Enumerable.Range(0, components).Select(static i => $"\"x\";key=\"a{i}\""));
        var labels = Enumerable.Range(0, signatures).Select(static i => $"s{i}").ToArray();
        var message = new TestMessage
        {
            ["signature-input"] = [.. labels.Select(label => $"{label}=({covered})")],
            ["signature"] = [.. labels.Select(static label => $"{label}=:AAAA:")],
        };

        ReceivedSignatureReader.Read(message, label: null, out var read).Should().BeNull();

        read.Select(static signature => signature.Label).Should().Equal(labels.Take(expected));
    }
}
