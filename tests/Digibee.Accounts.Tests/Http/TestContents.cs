using System.Net;
using System.Net.Http.Json;

namespace Digibee.Accounts;

/// <summary>One body of each kind, by name.</summary>
internal static class TestContents
{
    public static HttpContent? Make(string kind) => kind switch
    {
        "none" => null,
        "bytes" => new ByteArrayContent("body"u8.ToArray()),
        "string" => new StringContent("body"),
        "form" => new FormUrlEncodedContent([new("a", "1")]),
        "json" => JsonContent.Create(new { A = 1 }),
        "memory" => new ReadOnlyMemoryContent("body"u8.ToArray()),
        "multipart" => new MultipartContent { new StringContent("first"), new StreamContent(new MemoryStream("second"u8.ToArray())) },
        "form-data" => new MultipartFormDataContent { { new StringContent("value"), "name" } },
        "stream" => new StreamContent(new MemoryStream("body"u8.ToArray())),
        "stream-from-the-middle" => new StreamContent(new MemoryStream("headbody"u8.ToArray()) { Position = 4 }),
        "stream-with-a-length" => new StreamContent(new MemoryStream("body"u8.ToArray())) { Headers = { ContentLength = 4 } },
        "unseekable" => new StreamContent(new UnseekableStream("body"u8.ToArray())),
        "unseekable-but-marked" => new StreamContent(new UnseekableStream("body"u8.ToArray())),
        "unseekable-with-a-length" => new StreamContent(new UnseekableStream("body"u8.ToArray())) { Headers = { ContentLength = 4 } },
        "multipart-with-unseekable" => new MultipartContent { new StringContent("first"), new StreamContent(new UnseekableStream("second"u8.ToArray())) },
        "own" => new Own(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Content of the caller's own class: only the caller knows that it can be sent again.</summary>
    public sealed class Own : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync("body"u8.ToArray()).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
