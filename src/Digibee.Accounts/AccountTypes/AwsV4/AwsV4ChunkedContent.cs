using System.Globalization;
using System.Net;

namespace Digibee.Accounts;

/// <summary>A content in signed chunks: it is signed while it is sent, and read once.</summary>
internal sealed class AwsV4ChunkedContent : HttpContent
{
    private const string DecodedLength = "X-Amz-Decoded-Content-Length";
    private const string Encoding = "aws-chunked";
    private const string Trailer = "X-Amz-Trailer";

    private readonly HttpContent _content;
    private readonly AwsV4BodyLength _length;
    private readonly AwsV4TrailingChecksum _checksum;
    private readonly bool _isRegional;
    private Func<AwsV4ChunkSigner>? _createSigner;

    private AwsV4ChunkedContent(HttpContent content, AwsV4BodyLength length, AwsV4Signing signing)
    {
        _content = content;
        _length = length;
        _checksum = signing.TrailingChecksum;
        _isRegional = signing.RegionSet.Count == 0;
        foreach (var (name, values) in content.Headers.NonValidated)
        {
            if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) && !name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase))
            {
                foreach (var value in values)
                {
                    RawHeaders.TryAdd(Headers, name, value);
                }
            }
        }

        var given = content.Headers.NonValidated.TryGetValues("Content-Encoding", out var encodings) ? encodings.ToString() : "";
        RawHeaders.TryAdd(Headers, "Content-Encoding", EncodingOf(given));
    }

    /// <summary>Gets the value of <c>X-Amz-Content-Sha256</c>.</summary>
    public string Payload => $"STREAMING-{(_isRegional ? "AWS4-HMAC-SHA256" : "AWS4-ECDSA-P256-SHA256")}-PAYLOAD{(_checksum == AwsV4TrailingChecksum.None ? "" : "-TRAILER")}";

    /// <summary>Puts the content of a message into signed chunks, where that is asked for and there is one.</summary>
    /// <exception cref="AccountUnavailableException">The service takes no chunks, or the body's length is not known.</exception>
    public static AwsV4ChunkedContent? TryWrap(AccountRequest request, AwsV4Signing signing, ReadOnlySpan<char> service)
    {
        if (signing.Payload != AwsV4PayloadSigning.SignedChunks || request.Content is not { } content)
        {
            return null;
        }

        if (AwsV4Service.PathRuleOf(service) != AwsV4PathRule.Reencode)
        {
            throw AwsV4Refusal.ChunksElsewhere(request);
        }

        if (content.Headers.ContentLength is not { } length)
        {
            throw AwsV4Refusal.ChunksWithoutLength(request);
        }

        var chunked = new AwsV4ChunkedContent(content, new AwsV4BodyLength(length, request.AccountName), signing);
        request.SetContent(chunked);
        request.SetHeader(DecodedLength, length.ToString(CultureInfo.InvariantCulture));
        if (signing.TrailingChecksum != AwsV4TrailingChecksum.None)
        {
            request.SetHeader(Trailer, AwsV4Checksum.NameOf(signing.TrailingChecksum));
        }

        return chunked;
    }

    /// <summary>Gives the value of <c>Content-Encoding</c>: chunks first, whatever else the body is.</summary>
    public static string EncodingOf(string given)
    {
        given = given.Trim();
        return given.Length == 0 || given.Equals(Encoding, StringComparison.OrdinalIgnoreCase) ? Encoding
            : given.StartsWith(Encoding + ",", StringComparison.OrdinalIgnoreCase) ? given
            : $"{Encoding},{given}";
    }

    /// <summary>Says what the request was signed with.</summary>
    /// <param name="keys">Where the key comes from. The body takes one of its own: it may be under way for longer than the account's revision.</param>
    /// <param name="scope">What the key is good for.</param>
    /// <param name="instant">When it was signed.</param>
    /// <param name="authorization">The header, which ends in the signature.</param>
    public void Begin(AwsV4SigningKeys keys, AwsV4CredentialScope scope, AwsV4Instant instant, string authorization)
    {
        var seed = authorization[(authorization.LastIndexOf('=') + 1)..];
        _createSigner = () => new AwsV4ChunkSigner(keys.DeriveAnew(scope), instant, seed);
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using var signer = _createSigner!();
        using var checksum = CreateChecksum();
        var chunks = new AwsV4ChunkedStream(stream, signer, checksum, _length);
        await _content.CopyToAsync(chunks, context, cancellationToken).ConfigureAwait(false);
        await chunks.FinishAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using var signer = _createSigner!();
        using var checksum = CreateChecksum();
        var chunks = new AwsV4ChunkedStream(stream, signer, checksum, _length);
        _content.CopyTo(chunks, context, cancellationToken);
        chunks.Finish();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = AwsV4BodyLength.Encoded(_length.Value, _isRegional, _checksum);
        return true;
    }

    private AwsV4Checksum? CreateChecksum() => _checksum == AwsV4TrailingChecksum.None ? null : new AwsV4Checksum(_checksum);
}
