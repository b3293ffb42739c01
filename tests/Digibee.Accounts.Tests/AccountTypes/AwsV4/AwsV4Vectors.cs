using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>Published signatures, and rows of other implementations' tests, in <c>aws-sigv4</c> of <c>ACCOUNTS_VECTORS</c>.</summary>
internal static class AwsV4Vectors
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("ACCOUNTS_VECTORS") is { Length: > 0 } root ? Path.Combine(root, "aws-sigv4") : null;

    /// <summary>Finds the cases that are folders: <c>aws-c-auth/v4</c>, <c>botocore</c>.</summary>
    public static IEnumerable<TheoryDataRow<string>> Folders(string path) => Rows(() => Directory.GetDirectories(Path.Combine(Folder!, path)).Select(static folder => Path.GetFileName(folder)!));

    /// <summary>Finds the cases of this signature that are files: requests signed in their headers.</summary>
    public static IEnumerable<TheoryDataRow<string>> Files(string path) => Rows(() =>
        from file in Directory.GetFiles(Path.Combine(Folder!, path), "*.json")
        let test = Json(file)
        where test.Text("kind") == "request" && test.Text("algorithm") == "AWS4-HMAC-SHA256" && test.Text("location") == "header"
        select $"{path}/{Path.GetFileName(file)}");

    /// <summary>Finds the rows of a table.</summary>
    public static IEnumerable<TheoryDataRow<string>> TableIds(string table) => Rows(() => Table(table).Select(static row => row.Text("id")));

    public static JsonElement Row(string table, string id) => Table(table).Single(row => row.Text("id") == id);

    public static JsonElement[] Table(string table) => [.. Json(PathOf($"tables/{table}.json")).GetProperty("rows").EnumerateArray()];

    public static JsonElement[] WireCases(out JsonElement file)
    {
        file = Json(PathOf("wire/cases.json"));
        return [.. file.GetProperty("cases").EnumerateArray()];
    }

    public static IEnumerable<TheoryDataRow<string>> WireIds() => Rows(static () => WireCases(out _).Select(static test => test.Text("id")));

    public static JsonElement Json(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        return document.RootElement.Clone();
    }

    public static string PathOf(string path) => Path.Combine(Folder!, path);

    private static IEnumerable<TheoryDataRow<string>> Rows(Func<IEnumerable<string>> names) => Folder is null
        ? [new TheoryDataRow<string>("none") { Skip = "ACCOUNTS_VECTORS is not set." }]
        : [.. names().Order(StringComparer.Ordinal).Select(static name => new TheoryDataRow<string>(name))];
}
