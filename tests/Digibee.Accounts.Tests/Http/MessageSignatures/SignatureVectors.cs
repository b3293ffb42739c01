using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>The examples of RFC 9421 in <c>ACCOUNTS_VECTORS</c>.</summary>
internal static class SignatureVectors
{
    private static readonly VectorFolder Folder = new("http-message-signatures");
    private static readonly Lazy<JsonElement> Rfc = new(static () => Read("rfc9421.json"));
    private static readonly Lazy<JsonElement> Components = new(static () => Read("components.json"));

    public static TheoryDataRow<string>[] CaseIds => Folder.Rows(static () => Rfc.Value.GetProperty("cases").EnumerateArray().Select(Id));

    public static TheoryDataRow<string>[] ComponentIds => Folder.Rows(static () => Components.Value.GetProperty("cases").EnumerateArray().Select(Id));

    public static JsonElement Case(string id) => Rfc.Value.GetProperty("cases").EnumerateArray().Single(found => Id(found) == id);

    public static JsonElement Component(string id) => Components.Value.GetProperty("cases").EnumerateArray().Single(found => Id(found) == id);

    public static VectorMessage Message(string name, string? requestName = null) =>
        new(Rfc.Value.GetProperty("messages").GetProperty(name), [], requestName is null ? null : Message(requestName));

    /// <summary>Gives the accounts of a key: the one that signs, and the one that checks.</summary>
    public static (Account Signing, Account Checking) Accounts(string keyId)
    {
        var key = Rfc.Value.GetProperty("keys").GetProperty(keyId);
        if (key.TryGetProperty("base64", out var base64))
        {
            var account = new SecretKeyAccount { Name = keyId, Key = new Secret(base64.GetString()!), Encoding = SecretKeyEncoding.Base64, AllowedOrigins = ["https://example.com"] };
            return (account, account);
        }

        return (
            new PrivateKeyAccount { Name = keyId, Key = new Secret(key.GetProperty("privatePem").GetString()!), AllowedOrigins = ["https://example.com"] },
            new PublicKeyAccount { Name = keyId, Key = new Secret(key.GetProperty("publicPem").GetString()!), AllowedOrigins = ["https://example.com"] });
    }

    public static SignatureAlgorithm Algorithm(string name) => Enum.GetValues<SignatureAlgorithm>().Single(algorithm => SignatureAlgorithmName.Find(algorithm) == name);

    private static string Id(JsonElement element) => element.GetProperty("id").GetString()!;

    private static JsonElement Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Folder.PathOf(file)));
        return document.RootElement.Clone();
    }
}
