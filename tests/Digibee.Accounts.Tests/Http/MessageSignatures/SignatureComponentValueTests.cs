using System.Text;

namespace Digibee.Accounts;

public sealed class SignatureComponentValueTests
{
    public static IEnumerable<TheoryDataRow<string>> Ids => SignatureVectors.ComponentIds;

    [Theory]
    [MemberData(nameof(Ids))]
    public void Write_OfAComponentOfTheRfc_IsItsLineOrAnError(string id)
    {
        var vector = SignatureVectors.Component(id);
        var trailers = vector.TryGetProperty("trailers", out var fields) ? VectorMessage.Fields(fields) : [];
        var types = vector.TryGetProperty("structuredTypes", out var named)
            ? named.EnumerateObject().ToDictionary(static type => type.Name, static type => Enum.Parse<StructuredFieldType>(type.Value.GetString()!, ignoreCase: true), StringComparer.Ordinal)
            : [];

        var line = Line(vector.Text("component"), new VectorMessage(vector.GetProperty("message"), trailers), types);

        line.Should().Be(vector.TryGetProperty("line", out var expected) ? expected.GetString() : null);
    }

    [Theory]
    [InlineData("\"x-evil\"", "a\nb")]
    [InlineData("\"x-evil\"", "a\r\nb: c")]
    [InlineData("\"x-evil\"", "a\u0000b")]
    [InlineData("\"x-evil\"", "é")]
    [InlineData("\"x-evil\";bs", "\u20AC")]
    [InlineData("\"x-evil\";bs", "a\nb")]
    public void Write_OfAFieldThatWouldBreakTheLine_IsAnError(string component, string value) => Line(component, new TestMessage { ["x-evil"] = [value] }).Should().BeNull();

    [Fact]
    public void Write_OfAFieldBeyondAsciiAsBytes_IsItsBytes() =>
        Line("\"x-name\";bs", new TestMessage { ["x-name"] = [" é ", "a,b"] }).Should().Be("\"x-name\";bs: :6Q==:, :YSxi:");

    [Theory]
    [InlineData("/a?x=1", "\"@query-param\";name=\"x\"", "1")]
    [InlineData("/a?x", "\"@query-param\";name=\"x\"", "")]
    [InlineData("/a?x=%zz%", "\"@query-param\";name=\"x\"", "%25zz%25")]
    [InlineData("/a?x=~!", "\"@query-param\";name=\"x\"", "%7E%21")]
    [InlineData("http://other.example/a?b", "\"@path\"", "/a")]
    [InlineData("http://other.example?b", "\"@path\"", "/")]
    [InlineData("http://other.example?b", "\"@query\"", "?b")]
    [InlineData("*", "\"@path\"", "/")]
    [InlineData("/a?b", "\"@target-uri\"", "https://example.com/a?b")]
    public void Write_OfATarget_IsItsPart(string target, string component, string expected) => Line(component, new TestMessage { RequestTarget = target }).Should().Be($"{component}: {expected}");

    [Theory]
    [InlineData("/a?x=%FF", "\"@query-param\";name=\"x\"")]
    [InlineData("/a#b", "\"@path\"")]
    [InlineData("/a b", "\"@request-target\"")]
    [InlineData("example.com:443", "\"@path\"")]
    public void Write_OfATargetThatIsNotClear_IsAnError(string target, string component) => Line(component, new TestMessage { RequestTarget = target }).Should().BeNull();

    private static string? Line(string identifier, SignatureMessage message, IReadOnlyDictionary<string, StructuredFieldType>? types = null)
    {
        if (!StructuredFieldReader.TryReadItem(identifier, out var item) || !SignatureComponentReader.TryRead(item, out var component))
        {
            return null;
        }

        var workspace = SignatureWorkspace.Take();
        try
        {
            var problem = workspace.WriteLine(component, message, types ?? MessageVerification.Default.StructuredFields);
            return problem is null ? Encoding.ASCII.GetString(workspace.Base.Written).TrimEnd('\n') : null;
        }
        finally
        {
            workspace.GiveBack();
        }
    }
}
