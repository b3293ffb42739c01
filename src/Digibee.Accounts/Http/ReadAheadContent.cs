using System.Net;
using System.Net.Http.Headers;
using System.Runtime.ExceptionServices;

namespace Digibee.Accounts;

/// <summary>An answer's content whose beginning was looked at: it gives the caller every byte as it came, the failure of a connection at its place too.</summary>
internal sealed class ReadAheadContent : HttpContent
{
    private readonly HttpContent _content;
    private readonly Stream _rest;
    private readonly byte[] _buffer;
    private int _length;
    private ExceptionDispatchInfo? _failure;

    private ReadAheadContent(HttpContent content, Stream rest, int limit)
    {
        _content = content;
        _rest = rest;
        _buffer = new byte[Math.Min(limit, content.Headers.ContentLength ?? limit)];
        foreach (var (name, values) in content.Headers.NonValidated)
        {
            foreach (var value in values)
            {
                RawHeaders.TryAdd(Headers, name, value);
            }
        }
    }

    private ReadOnlyMemory<byte> Beginning => _buffer.AsMemory(0, _length);

    /// <summary>Reads the beginning of an answer's body, and makes the answer whole again.</summary>
    /// <param name="response">The answer. Its content is replaced.</param>
    /// <param name="limit">The most bytes to read.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The beginning.</returns>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, int limit, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var content = new ReadAheadContent(response.Content, stream, limit);
        response.Content = content;
        await content.FillAsync(cancellationToken).ConfigureAwait(false);
        return content.Beginning;
    }

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => new ReadAheadStream(Beginning, _rest, _failure);

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult(CreateContentReadStream(CancellationToken.None));

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        stream.Write(Beginning.Span);
        _failure?.Throw();
        _rest.CopyTo(stream);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Beginning, cancellationToken).ConfigureAwait(false);
        _failure?.Throw();
        await _rest.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        // The server's Content-Length, where it sent one, was copied.
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (_length < _buffer.Length && await _rest.ReadAsync(_buffer.AsMemory(_length), cancellationToken).ConfigureAwait(false) is var read and > 0)
            {
                _length += read;
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            // The caller meets it where the body breaks off, as without us.
            _failure = ExceptionDispatchInfo.Capture(exception);
        }
    }
}
