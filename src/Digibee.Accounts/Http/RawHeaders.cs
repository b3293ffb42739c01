using System.Net.Http.Headers;

namespace Digibee.Accounts;

/// <summary>Writes header values past the framework's parsers, which refuse values that servers ask for (<c>Authorization: abc/def+==</c>) and quote them in their exceptions.</summary>
internal static class RawHeaders
{
    /// <summary>Adds one value. It was checked by <see cref="HeaderSyntax.IsValue"/>, or stood on the message before.</summary>
    /// <returns><see langword="false"/> when the platform takes no header of this name there; nothing was added.</returns>
    public static bool TryAdd(HttpHeaders headers, string name, string value)
    {
#pragma warning disable RS0030 // The one place: see the summaries.
        return headers.TryAddWithoutValidation(name, value);
#pragma warning restore RS0030
    }

    /// <summary>Removes every value of a header and returns them, as they would have been written.</summary>
    public static string[]? Take(HttpRequestHeaders headers, string name)
    {
        if (!headers.NonValidated.TryGetValues(name, out var values))
        {
            return null;
        }

        string[] taken = [.. values];
        headers.Remove(name);
        return taken;
    }

    /// <summary>Makes a header what it was; <see langword="null"/> for absent.</summary>
    public static void PutBack(HttpRequestHeaders headers, string name, string[]? values)
    {
        headers.Remove(name);
        if (values is not null)
        {
            foreach (var value in values)
            {
                TryAdd(headers, name, value);
            }
        }
    }
}
