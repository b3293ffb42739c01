using System.Text;
using System.Text.Json;

namespace Digibee.Accounts;

public sealed class AwsV4QueryTests
{
    public static IEnumerable<TheoryDataRow<string>> Queries => AwsV4Vectors.TableIds("query");

    public static IEnumerable<TheoryDataRow<string>> PathAndQuery => AwsV4Vectors.TableIds("path-and-query");

    [Theory]
    [MemberData(nameof(Queries))]
    public void Append_OfAQuery_GivesTheCanonicalQuery(string id)
    {
        var row = AwsV4Vectors.Row("query", id);
        var query = row.TryGetProperty("query", out var text) ? text.GetString()! : Join(row.GetProperty("parameters"));

        Canonical(query).Should().Be(row.Text("canonical_query"));
    }

    [Theory]
    [MemberData(nameof(PathAndQuery))]
    public void Append_OfASentTarget_GivesTheCanonicalQuery(string id)
    {
        var row = AwsV4Vectors.Row("path-and-query", id);

        Canonical(string.Join('?', row.Text("sent_target").Split('?')[1..])).Should().Be(row.Text("canonical_query"));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("&&", "")]
    [InlineData("b&a=1", "a=1&b=")]
    [InlineData("=x&a=1", "=x&a=1")]
    [InlineData("a=b=c", "a=b%3Dc")]
    [InlineData("a=1;b=2", "a=1%3Bb%3D2")]
    [InlineData("A=1&a=2", "A=1&a=2")]
    [InlineData("a=%FF&a=%fe", "a=%FE&a=%FF")]
    [InlineData("a=%F0%90%80%80&a=%EF%BF%BF", "a=%EF%BF%BF&a=%F0%90%80%80")]
    public void Append_OfAnUnusualQuery_ReadsItByItsBytes(string sent, string canonical) => Canonical(sent).Should().Be(canonical);

    [Fact]
    public void Append_OfMoreParametersThanUsual_SortsThemAllAndForgetsThem()
    {
        var query = new AwsV4Query();
        var many = new SigningText();
        query.Append(many, Encoding.ASCII.GetBytes(string.Join('&', Enumerable.Range(0, 1_000).Reverse().Select(static i => $"p{i:D4}=v"))));
        var few = new SigningText();
        query.Append(few, "b=2&a=1"u8);

        Encoding.ASCII.GetString(many.Written).Should().Be(string.Join('&', Enumerable.Range(0, 1_000).Select(static i => $"p{i:D4}=v")));
        Encoding.ASCII.GetString(few.Written).Should().Be("a=1&b=2");
    }

    private static string Canonical(string query)
    {
        var text = new SigningText();
        new AwsV4Query().Append(text, Encoding.UTF8.GetBytes(query));
        return Encoding.ASCII.GetString(text.Written);
    }

    private static string Join(JsonElement parameters) => string.Join(
        '&', parameters.EnumerateArray().Select(static pair => $"{Uri.EscapeDataString(pair[0].GetString()!)}={Uri.EscapeDataString(pair[1].GetString()!)}"));
}
