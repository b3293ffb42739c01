using System.Collections.Frozen;

namespace Digibee.Accounts;

/// <summary>What a program may write into a signature's parameters. Used by <c>init</c> accessors.</summary>
internal static class SignatureText
{
    private const int MaxLength = 1_024;

    // A handler or transport below adds to them or changes them, or they belong to one connection: what was signed is not what arrives.
    private static readonly FrozenSet<string> NeverSigned = FrozenSet.ToFrozenSet(
        [
            "accept-encoding", "baggage", "connection", "correlation-context", "expect", "keep-alive", "proxy-authorization", "proxy-connection", "request-id", "te", "traceparent", "tracestate", "trailer",
            "transfer-encoding", "upgrade",
        ],
        StringComparer.Ordinal);

    /// <summary>Checks the text of a parameter: a string of RFC 9651, of at most 1,024 characters and not empty.</summary>
    public static string? Check(string? value, string field) =>
        value is null || (value.Length is > 0 and <= MaxLength && StructuredSyntax.IsString(value))
            ? value
            : throw new ArgumentException("It is empty, longer than 1,024 characters, or holds something else than visible ASCII and spaces (RFC 9651, section 3.3.3).", field);

    /// <summary>Checks a label: a key of RFC 9651.</summary>
    public static string? CheckLabel(string? value, string field) =>
        value is null || (value.Length <= MaxLength && StructuredSyntax.IsKey(value))
            ? value
            : throw new ArgumentException("A label begins with a lower case letter or an asterisk, and goes on with these, digits, '_', '-' and '.' (RFC 9651, section 3.1.2).", field);

    /// <summary>Reads what a request's signature covers.</summary>
    public static SignatureComponentList CheckSigned(NameList names, string field)
    {
        var components = SignatureComponentList.Parse(names);
        foreach (var component in components.Span)
        {
            if (component.IsOfRequest || component.IsOfTrailers || component.Name == "@status" || NeverSigned.Contains(component.Name))
            {
                throw new ArgumentException(
                    $"The component {component.Identifier} cannot be signed on a request: it is of a response, or its value is written or changed below the accounts.", field);
            }
        }

        return components;
    }
}
