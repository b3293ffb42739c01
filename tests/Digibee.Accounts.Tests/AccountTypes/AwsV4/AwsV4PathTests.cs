using System.Text;

namespace Digibee.Accounts;

public sealed class AwsV4PathTests
{
    // The one row that its README asks to expect otherwise: a final dot leaves a slash, as in smithy-rs.
    private const string KeepsItsSlash = "mhart-aws4-should-normalize-path-in-non-s3";

    public static IEnumerable<TheoryDataRow<string>> PathAndQuery => AwsV4Vectors.TableIds("path-and-query");

    public static IEnumerable<TheoryDataRow<string>> PathEncode => AwsV4Vectors.TableIds("path-encode");

    public static IEnumerable<TheoryDataRow<string>> PathNormalize => AwsV4Vectors.TableIds("path-normalize");

    [Theory]
    [MemberData(nameof(PathAndQuery))]
    public void Append_OfASentTarget_GivesTheCanonicalPath(string id)
    {
        var row = AwsV4Vectors.Row("path-and-query", id);
        var rule = row.Text("mode") == "s3" ? AwsV4PathRule.Reencode : AwsV4PathRule.NormalizeAndEncode;

        var path = Canonical(row.Text("sent_target").Split('?')[0], rule);

        path.Should().Be(id == KeepsItsSlash ? "/a/c/" : row.Text("canonical_path"));
    }

    [Theory]
    [MemberData(nameof(PathEncode))]
    public void Append_WithoutNormalizing_EncodesOnceMoreAndNothingElse(string id)
    {
        var row = AwsV4Vectors.Row("path-encode", id);

        // A row that must not be encoded holds nothing that would be.
        var path = Canonical(row.Text("path"), AwsV4PathRule.Encode);

        path.Should().Be(row.Text("canonical_path"));
    }

    [Theory]
    [MemberData(nameof(PathNormalize))]
    public void Append_WithDotsAndSlashes_RemovesThem(string id)
    {
        var row = AwsV4Vectors.Row("path-normalize", id);

        var path = Canonical(row.Text("path"), AwsV4PathRule.NormalizeAndEncode);

        // The table does not encode: what is encoded comes out encoded twice.
        path.Should().Be(row.Text("normalized_path").Replace("%", "%25", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/b//a/../c/.", "/b//a/../c/.")]
    [InlineData("/b/%FF%2f%41", "/b/%FF/A")]
    [InlineData("/100%/%zz/%", "/100%25/%25zz/%25")]
    [InlineData("", "/")]
    public void Append_OfAnS3Key_ChangesTheSpellingOnly(string sent, string canonical) =>
        Canonical(sent, AwsV4PathRule.Reencode).Should().Be(canonical);

    [Theory]
    [InlineData("/a///b//", "/a/b/")]
    [InlineData("/..../.hidden/..", "/..../")]
    [InlineData("/../../a", "/a")]
    [InlineData("/a/b/../../../c", "/c")]
    public void Append_OfAnOrdinaryPath_ClimbsNoHigherThanTheRoot(string sent, string canonical) =>
        Canonical(sent, AwsV4PathRule.NormalizeAndEncode).Should().Be(canonical);

    private static string Canonical(string path, AwsV4PathRule rule)
    {
        var text = new SigningText();
        text.Append("before/"u8);
        AwsV4Path.Append(text, Encoding.UTF8.GetBytes(path), rule);
        return Encoding.ASCII.GetString(text.Written)["before/".Length..];
    }
}
