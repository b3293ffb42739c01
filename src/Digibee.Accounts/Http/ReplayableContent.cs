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
        ByteArrayContent or ReadOnlyMemoryContent or JsonContent or AccountExpressionContent => true,
        // It rewinds by itself when its stream can. Its length tells that too, but not when the caller wrote one.
        StreamContent => content.ReadAsStream().CanSeek,
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
}
