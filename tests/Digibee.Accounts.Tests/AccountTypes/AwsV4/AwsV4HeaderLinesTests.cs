using System.Text;

namespace Digibee.Accounts;

public sealed class AwsV4HeaderLinesTests
{
    public static IEnumerable<TheoryDataRow<string>> Values => AwsV4Vectors.TableIds("header-value");

    [Theory]
    [MemberData(nameof(Values))]
    public void AppendValue_OfARow_GivesTheCanonicalValue(string id)
    {
        var row = AwsV4Vectors.Row("header-value", id);
        var text = new SigningText();

        AwsV4HeaderLines.AppendValue(text, row.Text("value"));

        Encoding.UTF8.GetString(text.Written).Should().Be(row.Text("canonical"));
    }

    [Fact]
    public void AppendLines_InAnyOrder_SortsByLowerCaseAndJoinsWhatIsSentTwice()
    {
        var lines = new AwsV4HeaderLines();
        lines.Add("X-Amz-Meta-B", " 2  3 ");
        lines.Add("x-amz-meta-b", "1");
        lines.Add("Host", "h");
        lines.Add("X-Amz-Meta_A", "u");
        lines.Add("X-Amz-MetaZ", "z");
        var text = new SigningText();

        lines.AppendLines(text);
        lines.AppendNames(text);

        // An underscore stands behind upper case and before lower case.
        Encoding.ASCII.GetString(text.Written).Should().Be(
            "host:h\nx-amz-meta-b:2 3,1\nx-amz-meta_a:u\nx-amz-metaz:z\nhost;x-amz-meta-b;x-amz-meta_a;x-amz-metaz");
    }

    [Fact]
    public void AppendLines_OfMoreThanUsual_KeepsTheOrderOfEqualNames()
    {
        var lines = new AwsV4HeaderLines();
        for (var i = 0; i < 300; i++)
        {
            lines.Add(i % 2 == 0 ? "b" : "a", $"{i}");
        }

        var text = new SigningText();
        lines.AppendLines(text);

        Encoding.ASCII.GetString(text.Written).Should().Be(
            $"a:{string.Join(',', Enumerable.Range(0, 150).Select(static i => (2 * i) + 1))}\nb:{string.Join(',', Enumerable.Range(0, 150).Select(static i => 2 * i))}\n");
    }
}
