using System.Collections.Frozen;

namespace Digibee.Accounts;

/// <summary>Which headers are signed.</summary>
internal static class AwsV4HeaderRules
{
    public const string Date = "X-Amz-Date";
    public const string ContentHash = "X-Amz-Content-Sha256";
    public const string SecurityToken = "X-Amz-Security-Token";

    private const string AwsPrefix = "x-amz-";

    // They belong to one connection, or the platform, a proxy or a distribution network adds to them: a service that sees another value refuses the signature.
    private static readonly FrozenSet<string> NeverSigned = FrozenSet.ToFrozenSet(
        [
            "accept-encoding", "amz-sdk-invocation-id", "amz-sdk-request", "authorization", "connection", "cookie", "expect", "keep-alive", "proxy-authenticate", "proxy-authorization",
            "proxy-connection", "sec-websocket-key", "sec-websocket-protocol", "sec-websocket-version", "te", "trailer", "transfer-encoding", "upgrade", "user-agent", "via",
            "x-amzn-trace-id", "x-forwarded-for", "x-forwarded-port", "x-forwarded-proto",
        ],
        StringComparer.OrdinalIgnoreCase);

    // Without these there is no signature, or AWS takes none.
    private static readonly FrozenSet<string> AlwaysSigned = FrozenSet.ToFrozenSet(["host", Date, ContentHash, SecurityToken], StringComparer.OrdinalIgnoreCase);

    /// <summary>Tells whether a header of a message is signed. <c>Host</c> is, and is no matter of these rules.</summary>
    public static bool IsSigned(string name, AwsV4Signing signing) =>
        (IsSignedByDefault(name) || Holds(signing.SignedHeaders, name)) && !Holds(signing.UnsignedHeaders, name);

    /// <summary>Tells whether a header is one that the signature itself brings along.</summary>
    public static bool IsOwn(string name) =>
        name.Equals(Date, StringComparison.OrdinalIgnoreCase) || name.Equals(ContentHash, StringComparison.OrdinalIgnoreCase) || name.Equals(SecurityToken, StringComparison.OrdinalIgnoreCase);

    /// <summary>Tells whether all of these can be signed on request.</summary>
    public static bool CanBeSigned(NameList names)
    {
        foreach (var name in names)
        {
            if (!HeaderSyntax.IsToken(name) || NeverSigned.Contains(name))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Tells whether all of these can be left unsigned on request.</summary>
    public static bool CanBeUnsigned(NameList names)
    {
        foreach (var name in names)
        {
            if (!HeaderSyntax.IsToken(name) || AlwaysSigned.Contains(name))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Holds(NameList names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i].Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSignedByDefault(string name) =>
        name.StartsWith(AwsPrefix, StringComparison.OrdinalIgnoreCase)
        || name.Equals("content-type", StringComparison.OrdinalIgnoreCase)
        || name.Equals("content-md5", StringComparison.OrdinalIgnoreCase);
}
