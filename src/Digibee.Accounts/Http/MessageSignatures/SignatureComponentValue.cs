using System.Globalization;
using System.Text;

namespace Digibee.Accounts;

/// <summary>The value of a component of a message (RFC 9421, sections 2.1 and 2.2).</summary>
internal static class SignatureComponentValue
{
    private const string NotOfRequest = "it is not of a request";
    private const string NotOfResponse = "it is not of a response";

    /// <summary>Writes the value; <see langword="null"/>, or why the message has none.</summary>
    /// <param name="text">Takes the value.</param>
    /// <param name="component">The component.</param>
    /// <param name="message">The message.</param>
    /// <param name="types">What structured fields the program has named.</param>
    /// <param name="lines">Room for the lines of a field.</param>
    public static string? Write(SigningText text, SignatureComponent component, SignatureMessage message, IReadOnlyDictionary<string, StructuredFieldType> types, List<string> lines)
    {
        if (component.IsOfRequest)
        {
            if (message.Status == 0)
            {
                return NotOfRequest;
            }

            if (message.Request is null)
            {
                return "the request is not known";
            }

            message = message.Request;
        }

        return component.IsDerived ? WriteDerived(text, component, message) : WriteField(text, component, message, types, lines);
    }

    private static string? WriteField(SigningText text, SignatureComponent component, SignatureMessage message, IReadOnlyDictionary<string, StructuredFieldType> types, List<string> lines)
    {
        lines.Clear();
        message.AddLines(component.Name, component.IsOfTrailers, lines);
        if (lines.Count == 0)
        {
            return component.IsOfTrailers ? "the message has no such trailer" : "the message has no such field";
        }

        return component.IsBinary ? SignatureFieldValue.WriteBytes(text, lines)
            : component.IsStructured || component.Key is not null ? SignatureFieldValue.WriteStructured(text, lines, StructuredFieldTypes.Find(component.Name, types), component.Key)
            : SignatureFieldValue.WriteLines(text, lines);
    }

    private static string? WriteDerived(SigningText text, SignatureComponent component, SignatureMessage message)
    {
        if (component.Name == "@status")
        {
            return message.Status == 0 ? NotOfRequest : WriteStatus(text, message.Status);
        }

        if (message.Status != 0)
        {
            return NotOfResponse;
        }

        switch (component.Name)
        {
            case "@method":
                text.Append(message.Method);
                return null;
            case "@scheme":
                AppendLower(text, message.Scheme);
                return null;
            case "@authority":
                return WriteAuthority(text, message);
            default:
                return WriteOfTarget(text, component, message);
        }
    }

    private static string? WriteOfTarget(SigningText text, SignatureComponent component, SignatureMessage message)
    {
        var target = message.Target;
        if (!SignatureTarget.IsSendable(target))
        {
            return "the request target holds a fragment, a blank or something that is not ASCII";
        }

        if (component.Name == "@request-target")
        {
            text.Append(target);
            return null;
        }

        if (!SignatureTarget.TryPathAndQuery(target, out var pathAndQuery))
        {
            return "the request target has no path";
        }

        switch (component.Name)
        {
            case "@path":
                text.Append(SignatureTarget.PathOf(pathAndQuery));
                return null;
            case "@query":
                text.Append(SignatureTarget.QueryOf(pathAndQuery));
                return null;
            case "@query-param":
                return SignatureQuery.WriteValue(text, SignatureTarget.QueryOf(pathAndQuery), component.QueryParameter);
            default:
                AppendLower(text, message.Scheme);
                text.Append("://"u8);
                text.Append(WriteAuthority(text, message) is null ? pathAndQuery : default);
                return null;
        }
    }

    private static string? WriteAuthority(SigningText text, SignatureMessage message)
    {
        var authority = SignatureTarget.WithoutDefaultPort(message.Authority, message.Scheme);
        if (authority.IsEmpty || authority.ContainsAnyExceptInRange('!', '~'))
        {
            return "the message has no authority";
        }

        AppendLower(text, authority);
        return null;
    }

    private static string? WriteStatus(SigningText text, int status)
    {
        Span<char> digits = stackalloc char[3];
        if (!status.TryFormat(digits, out var length, "000", CultureInfo.InvariantCulture))
        {
            return "the status has not three digits";
        }

        text.Append(digits[..length]);
        return null;
    }

    private static void AppendLower(SigningText text, ReadOnlySpan<char> value) => Ascii.ToLower(value, text.Take(value.Length), out _);
}
