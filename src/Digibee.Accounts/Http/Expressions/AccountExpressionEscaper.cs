using System.Net;
using System.Security;
using System.Text.Encodings.Web;

namespace Digibee.Accounts;

/// <summary>Writes a value so that it does not end what it is written into.</summary>
internal static class AccountExpressionEscaper
{
    public static AccountExpressionEscaping For(string mediaType)
    {
        if (Is("json"))
        {
            return AccountExpressionEscaping.Json;
        }

        if (Is("xml"))
        {
            return AccountExpressionEscaping.Xml;
        }

        return mediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) ? AccountExpressionEscaping.Form : AccountExpressionEscaping.None;

        // RFC 6839: a structured syntax is named after the plus.
        bool Is(string syntax) =>
            mediaType.EndsWith($"/{syntax}", StringComparison.OrdinalIgnoreCase) || mediaType.EndsWith($"+{syntax}", StringComparison.OrdinalIgnoreCase);
    }

    public static string Escape(string value, AccountExpressionEscaping escaping) => escaping switch
    {
        AccountExpressionEscaping.Json => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value),
        AccountExpressionEscaping.Xml => SecurityElement.Escape(value),
        AccountExpressionEscaping.Form => WebUtility.UrlEncode(value),
        _ => value,
    };
}
