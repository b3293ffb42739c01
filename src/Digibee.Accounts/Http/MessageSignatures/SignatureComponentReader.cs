using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Digibee.Accounts;

/// <summary>Reads component identifiers (RFC 9421, section 2). What is not known is refused: nobody can say what it covers.</summary>
internal static class SignatureComponentReader
{
    private const string QueryParameterName = "@query-param";
    private const string StatusName = "@status";

    /// <summary>Reads an identifier as a program writes it: <c>@method</c>, <c>content-digest;req</c>, <c>"example-dict";key="a"</c>.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out SignatureComponent? component)
    {
        component = null;
        if (!text.StartsWith('"'))
        {
            var end = text.IndexOf(';', StringComparison.Ordinal) is var index && index < 0 ? text.Length : index;
            text = $"\"{text[..end].ToLowerInvariant()}\"{text[end..]}";
        }

        return StructuredFieldReader.TryReadItem(text, out var item) && TryRead(item, out component);
    }

    /// <summary>Reads an identifier of a <c>Signature-Input</c>.</summary>
    public static bool TryRead(StructuredMember item, [NotNullWhen(true)] out SignatureComponent? component)
    {
        component = null;
        if (item.InnerList is not null || item.Item.Kind != StructuredKind.String)
        {
            return false;
        }

        var name = item.Item.Text!;
        if (!TryParameters(item.Parameters, out var parameters) || !IsKnown(name, parameters))
        {
            return false;
        }

        component = new SignatureComponent(name, Identify(item))
        {
            IsStructured = parameters.IsStructured,
            IsBinary = parameters.IsBinary,
            IsOfRequest = parameters.IsOfRequest,
            IsOfTrailers = parameters.IsOfTrailers,
            Key = parameters.Key,
            QueryParameter = parameters.QueryParameter,
        };
        return true;
    }

    private static bool IsKnown(string name, in Parameters parameters)
    {
        if (!name.StartsWith('@'))
        {
            // Bytes of a line on one side, a value that was read on the other (section 2.1.3).
            return HeaderSyntax.IsToken(name) && !name.AsSpan().ContainsAnyInRange('A', 'Z') && parameters.QueryParameter is null
                && !(parameters.IsBinary && (parameters.IsStructured || parameters.Key is not null));
        }

        var isOfField = parameters.IsStructured || parameters.IsBinary || parameters.IsOfTrailers || parameters.Key is not null;
        return !isOfField && name switch
        {
            "@method" or "@target-uri" or "@authority" or "@scheme" or "@request-target" or "@path" or "@query" => parameters.QueryParameter is null,
            QueryParameterName => parameters.QueryParameter is not null,
            StatusName => parameters.QueryParameter is null && !parameters.IsOfRequest,
            _ => false,
        };
    }

    private static bool TryParameters(StructuredMap<StructuredBareItem> map, out Parameters parameters)
    {
        parameters = default;
        for (var i = 0; i < map.Count; i++)
        {
            var (key, value) = map[i];
            var isFlag = value.IsTrue;
            var text = value.Kind == StructuredKind.String ? value.Text : null;
            switch (key)
            {
                case "sf" when isFlag:
                    parameters.IsStructured = true;
                    break;
                case "bs" when isFlag:
                    parameters.IsBinary = true;
                    break;
                case "req" when isFlag:
                    parameters.IsOfRequest = true;
                    break;
                case "tr" when isFlag:
                    parameters.IsOfTrailers = true;
                    break;
                case "key" when text is not null:
                    parameters.Key = text;
                    break;
                case "name" when text is not null:
                    parameters.QueryParameter = text;
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private static string Identify(StructuredMember item)
    {
        var workspace = SignatureWorkspace.Take();
        StructuredFieldWriter.WriteMember(workspace.Header, item);
        var identifier = Encoding.ASCII.GetString(workspace.Header.Written);
        workspace.GiveBack();
        return identifier;
    }

    private struct Parameters
    {
        public bool IsStructured;
        public bool IsBinary;
        public bool IsOfRequest;
        public bool IsOfTrailers;
        public string? Key;
        public string? QueryParameter;
    }
}
