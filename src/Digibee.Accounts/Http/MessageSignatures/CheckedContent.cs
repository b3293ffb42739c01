using System.Net;

namespace Digibee.Accounts;

/// <summary>An answer's content that is compared with its digest while it is read.</summary>
internal sealed class CheckedContent : HttpContent
{
    private readonly HttpContent _content;
    private readonly ContentDigest? _digest;
    private readonly string _accountName;

    public CheckedContent(HttpContent content, ContentDigest? digest, string accountName)
    {
        _content = content;
        _digest = digest;
        _accountName = accountName;
        foreach (var (name, values) in content.Headers.NonValidated)
        {
            foreach (var value in values)
            {
                RawHeaders.TryAdd(Headers, name, value);
            }
        }
    }

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => Check(_content.ReadAsStream(cancellationToken));

    protected override Task<Stream> CreateContentReadStreamAsync() => CreateContentReadStreamAsync(CancellationToken.None);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) => Check(await _content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using var content = CreateContentReadStream(cancellationToken);
        content.CopyTo(stream);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var content = await CreateContentReadStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            await content.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
        }
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

    private ContentDigestStream Check(Stream content) => new(content, _digest, Headers.ContentLength, _accountName);
}
