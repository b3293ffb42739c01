using System.Collections.Frozen;

namespace Digibee.Accounts;

/// <summary>Which structured field is of which type: the registered ones (IANA, HTTP Field Name Registry), and those that a program names.</summary>
internal static class StructuredFieldTypes
{
    private static readonly FrozenDictionary<string, StructuredFieldType> Registered = new Dictionary<string, StructuredFieldType>(StringComparer.Ordinal)
    {
        ["accept-ch"] = StructuredFieldType.List,
        ["accept-signature"] = StructuredFieldType.Dictionary,
        ["cache-status"] = StructuredFieldType.List,
        ["capsule-protocol"] = StructuredFieldType.Item,
        ["cdn-cache-control"] = StructuredFieldType.Dictionary,
        ["client-cert"] = StructuredFieldType.Item,
        ["client-cert-chain"] = StructuredFieldType.List,
        ["content-digest"] = StructuredFieldType.Dictionary,
        ["cross-origin-embedder-policy"] = StructuredFieldType.Item,
        ["cross-origin-opener-policy"] = StructuredFieldType.Item,
        ["deprecation"] = StructuredFieldType.Item,
        ["priority"] = StructuredFieldType.Dictionary,
        ["proxy-status"] = StructuredFieldType.List,
        ["repr-digest"] = StructuredFieldType.Dictionary,
        ["signature"] = StructuredFieldType.Dictionary,
        ["signature-input"] = StructuredFieldType.Dictionary,
        ["want-content-digest"] = StructuredFieldType.Dictionary,
        ["want-repr-digest"] = StructuredFieldType.Dictionary,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Gives the type of a field; <see langword="null"/> when nobody said it.</summary>
    /// <param name="name">The name, in lower case.</param>
    /// <param name="named">The program's own fields.</param>
    public static StructuredFieldType? Find(string name, IReadOnlyDictionary<string, StructuredFieldType> named) =>
        named.TryGetValue(name, out var type) || Registered.TryGetValue(name, out type) ? type : null;
}
