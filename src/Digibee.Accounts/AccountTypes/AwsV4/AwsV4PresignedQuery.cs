using System.Collections.Frozen;

namespace Digibee.Accounts;

/// <summary>The query parameters of a signature.</summary>
internal static class AwsV4PresignedQuery
{
    public const string Algorithm = "X-Amz-Algorithm";
    public const string Credential = "X-Amz-Credential";
    public const string Expires = "X-Amz-Expires";
    public const string SignedHeaders = "X-Amz-SignedHeaders";
    public const string Signature = "X-Amz-Signature";

    private static readonly FrozenSet<string> Own = FrozenSet.ToFrozenSet(
        [Algorithm, Credential, Expires, SignedHeaders, Signature, AwsV4HeaderRules.Date, AwsV4HeaderRules.SecurityToken, AwsV4HeaderRules.RegionSet],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> OwnBySpan = Own.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Finds a parameter that belongs to a signature, however it is spelled; <see langword="null"/> when there is none.</summary>
    public static string? FindOwn(string target)
    {
        var start = target.IndexOf('?', StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        var query = target.AsSpan(start + 1);
        foreach (var range in query.Split('&'))
        {
            var piece = query[range];
            var name = piece.IndexOf('=') is var end and >= 0 ? piece[..end] : piece;
            if (name.Contains('%') ? Own.TryGetValue(Uri.UnescapeDataString(name), out var own) : OwnBySpan.TryGetValue(name, out own))
            {
                return own;
            }
        }

        return null;
    }
}
