using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>Keys, certificates and PKCS#12 files as people paste them, in <c>pem-keys</c> of <c>ACCOUNTS_VECTORS</c>, with what a good loader makes of each. Written by OpenSSL and ssh-keygen.</summary>
internal static class KeyVectors
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("ACCOUNTS_VECTORS") is { Length: > 0 } root ? Path.Combine(root, "pem-keys") : null;

    /// <summary>Finds the files that a rule is about.</summary>
    public static IEnumerable<TheoryDataRow<string>> Files(Func<JsonElement, bool> rule) => Folder is null
        ? [new TheoryDataRow<string>("none") { Skip = "ACCOUNTS_VECTORS is not set." }]
        : [.. Entries().Where(rule).Select(static entry => new TheoryDataRow<string>(entry.GetProperty("file").GetString()!))];

    public static JsonElement Entry(string file) => Entries().Single(entry => entry.GetProperty("file").GetString() == file);

    public static byte[] Read(string file) => File.ReadAllBytes(Path.Combine(Folder!, "files", file));

    public static Secret? Password(this JsonElement entry) => entry.GetProperty("password").GetString() is { } password ? new Secret(password) : null;

    public static bool Is(this JsonElement entry, string property, string value) => entry.TryGetProperty(property, out var found) && found.GetString() == value;

    private static JsonElement[] Entries()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder!, "manifest.json")));
        return [.. document.RootElement.EnumerateArray().Select(static entry => entry.Clone())];
    }
}
