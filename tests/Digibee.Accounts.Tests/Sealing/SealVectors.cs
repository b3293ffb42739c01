using System.Globalization;
using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>The known answers of the sealed format, in <c>seal-v1</c> of <c>ACCOUNTS_VECTORS</c>. Two programs that share no code with this library agreed on them.</summary>
internal static class SealVectors
{
    private static readonly VectorFolder Folder = new("seal-v1");

    /// <summary>Finds the cases of a file, named by one of their properties.</summary>
    public static IEnumerable<TheoryDataRow<string>> Ids(string file, string property = "id") => Folder.Rows(() => Tests(file).Select(test => test.GetProperty(property).GetString()!));

    public static JsonElement Get(string file, string id, string property = "id") => Tests(file).Single(test => test.GetProperty(property).GetString() == id);

    public static byte[] Hex(this JsonElement test, string property) => Convert.FromHexString(test.GetProperty(property).GetString()!);

    public static string Text(this JsonElement test, string property) => test.GetProperty(property).GetString()!;

    /// <summary>Reads the context of a case. Its metadata live in <paramref name="metadata"/>, which the caller keeps.</summary>
    public static SealContext Context(this JsonElement test, out byte[] metadata)
    {
        var fields = test.GetProperty("fields");
        metadata = fields.Hex("metadata");
        return new SealContext
        {
            Realm = fields.Text("realm"),
            Name = fields.Text("name"),
            Type = fields.Text("type"),
            Revision = ulong.Parse(fields.Text("revision"), CultureInfo.InvariantCulture),
            Metadata = metadata,
        };
    }

    private static JsonElement[] Tests(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Folder.PathOf(file)));
        return [.. document.RootElement.GetProperty("tests").EnumerateArray().Select(static test => test.Clone())];
    }
}
