using System.Net.Http.Json;

namespace Digibee.Accounts;

/// <summary>Tells whether a body can be sent a second time. Judged before the first send, which may use the body up.</summary>
internal static class ReplayableContent
{
    public static readonly HttpRequestOptionsKey<bool> Marker = new("Digibee.Accounts.ReplayableContent");

    public static bool Is(HttpRequestMessage message) =>
        message.Content is not { } content || Is(content) || (message.Options.TryGetValue(Marker, out var marked) && marked);

    private static bool Is(HttpContent content) => content switch
    {
        // Strings and forms are byte arrays.
        ByteArrayContent or ReadOnlyMemoryContent or JsonContent => true,
        StreamContent => HasComputedLength(content),
        MultipartContent parts => All(parts),
        _ => false,
    };

    private static bool All(MultipartContent parts)
    {
        foreach (var part in parts)
        {
            if (!Is(part))
            {
                return false;
            }
        }

        return true;
    }

    // StreamContent computes a length exactly when its stream can seek, and then rewinds by itself. A length that the caller wrote proves nothing, so it is put aside.
    private static bool HasComputedLength(HttpContent content)
    {
        if (!content.Headers.NonValidated.TryGetValues("Content-Length", out _))
        {
            return content.Headers.ContentLength is not null;
        }

        var written = content.Headers.ContentLength;
        content.Headers.ContentLength = null;
        var computed = content.Headers.ContentLength;
        content.Headers.ContentLength = written;
        return computed is not null;
    }
}
