using System.Text.Json;
using System.Text.Json.Serialization;

namespace Digibee.Accounts;

/// <summary>A row of uses.</summary>
/// <param name="Version">The format: 1.</param>
/// <param name="Uses">The uses, the latest first.</param>
internal sealed record UsageDocument([property: JsonPropertyName("v")] int Version, List<AccountUsage> Uses)
{
    private const int Current = 1;

    // A hundred entries of the longest client names do not come near it.
    private const int MaxLength = 262_144;

    public static byte[] Write(List<AccountUsage> uses) => JsonSerializer.SerializeToUtf8Bytes(new UsageDocument(Current, uses), UsageJson.Default.UsageDocument);

    /// <summary>Reads a row; nothing when it is none of this version. Never throws for any input: the row is not authenticated.</summary>
    public static List<AccountUsage> Read(ReadOnlySpan<byte> utf8Json)
    {
        if (utf8Json.Length > MaxLength)
        {
            return [];
        }

        try
        {
            var document = JsonSerializer.Deserialize(utf8Json, UsageJson.Default.UsageDocument);
            return document is { Version: Current, Uses: { } uses } && uses.TrueForAll(static usage => usage?.Client is not null) ? uses : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
