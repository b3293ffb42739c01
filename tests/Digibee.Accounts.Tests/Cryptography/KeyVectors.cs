using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>Keys, certificates and PKCS#12 files as people paste them, in <c>pem-keys</c> of <c>ACCOUNTS_VECTORS</c>, with what a good loader makes of each. Written by OpenSSL and ssh-keygen.</summary>
internal static class KeyVectors
{
    private static readonly VectorFolder Folder = new("pem-keys");

    /// <summary>Finds the files that a rule is about.</summary>
    public static IEnumerable<TheoryDataRow<string>> Files(Func<JsonElement, bool> rule) => Folder.Rows(() => Entries().Where(rule).Select(static entry => entry.GetProperty("file").GetString()!));

    public static JsonElement Entry(string file) => Entries().Single(entry => entry.GetProperty("file").GetString() == file);

    public static byte[] Read(string file) => File.ReadAllBytes(Folder.PathOf("files", file));

    public static Secret? Password(this JsonElement entry) => entry.GetProperty("password").GetString() is { } password ? new Secret(password) : null;

    public static bool Is(this JsonElement entry, string property, string value) => entry.TryGetProperty(property, out var found) && found.GetString() == value;

    private static JsonElement[] Entries()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Folder.PathOf("manifest.json")));
        return [.. document.RootElement.EnumerateArray().Select(static entry => entry.Clone())];
    }
}
