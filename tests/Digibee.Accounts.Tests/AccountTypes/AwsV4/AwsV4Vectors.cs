using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>Published signatures, and rows of other implementations' tests, in <c>aws-sigv4</c> of <c>ACCOUNTS_VECTORS</c>.</summary>
internal static class AwsV4Vectors
{
    private static readonly VectorFolder Folder = new("aws-sigv4");

    /// <summary>Finds the cases that are folders: <c>aws-c-auth/v4</c>, <c>botocore</c>.</summary>
    public static IEnumerable<TheoryDataRow<string>> Folders(string path) => Rows(() => Directory.GetDirectories(Folder.PathOf(path)).Select(static folder => Path.GetFileName(folder)!));

    /// <summary>Finds the cases that are files: requests signed in their headers with Signature Version 4, or as the arguments say.</summary>
    public static IEnumerable<TheoryDataRow<string>> Files(
        string path, string? location = "header", string? algorithm = "AWS4-HMAC-SHA256", string kind = "request") => Rows(() =>
        from file in Directory.GetFiles(Folder.PathOf(path), "*.json")
        let test = Json(file)
        where test.Text("kind") == kind && IsText(test, "algorithm", algorithm) && IsText(test, "location", location)
        select $"{path}/{Path.GetFileName(file)}");

    /// <summary>Finds the cases of Signature Version 4A. One is without expected values upstream, and shows as skipped.</summary>
    public static IEnumerable<TheoryDataRow<string>> AsymmetricFolders()
    {
        foreach (var row in Folders("aws-c-auth/v4a"))
        {
            if (Folder.IsThere && !File.Exists(PathOf($"aws-c-auth/v4a/{row.Data}/header-canonical-request.txt")))
            {
                row.Skip = "It has no expected values upstream.";
            }

            yield return row;
        }
    }

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

    public static string PathOf(string path) => Folder.PathOf(path);

    private static bool IsText(JsonElement file, string name, string? expected) => (file.TryGetProperty(name, out var value) ? value.GetString() : null) == expected;

    private static TheoryDataRow<string>[] Rows(Func<IEnumerable<string>> names) => Folder.Rows(() => names().Order(StringComparer.Ordinal));
}
