using System.Buffers;

namespace Digibee.Accounts;

/// <summary>The last line of the canonical request, and the value of <c>X-Amz-Content-Sha256</c>.</summary>
internal static class AwsV4Payload
{
    public const string Unsigned = "UNSIGNED-PAYLOAD";

    // SHA-256 of nothing.
    public const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static readonly SearchValues<char> HexadecimalDigits = SearchValues.Create("0123456789abcdef");

    public static bool IsHash(ReadOnlySpan<char> text) => text.Length == EmptyHash.Length && !text.ContainsAnyExcept(HexadecimalDigits);

    /// <summary>Hashes the body, or says that it goes unsigned.</summary>
    /// <exception cref="AccountUnavailableException">It can be neither.</exception>
    public static ValueTask<string> DescribeAsync(AccountRequest request, AwsV4Signing signing, ReadOnlySpan<char> service, CancellationToken cancellationToken)
    {
        if (signing.Payload == AwsV4PayloadSigning.NotSigned || AwsV4Service.TakesUnsignedPayloadOnly(service))
        {
            return request.RequestUri.Scheme == Uri.UriSchemeHttps || signing.AllowUnsignedPayloadOverHttp
                ? ValueTask.FromResult(Unsigned)
                : throw AwsV4Refusal.UnsignedOverHttp(request);
        }

        if (signing.PayloadHash is { } known)
        {
            return ValueTask.FromResult(known);
        }

        if (request.Content is not { } content)
        {
            return ValueTask.FromResult(EmptyHash);
        }

        return request.IsContentReplayable ? HashAsync(content, cancellationToken) : throw AwsV4Refusal.Content(request);
    }

    private static ValueTask<string> HashAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var stream = AwsV4PayloadStream.Take();
        var copying = content.CopyToAsync(stream, cancellationToken);

        // What is in memory is hashed by now.
        return copying.IsCompletedSuccessfully ? ValueTask.FromResult(stream.Finish()) : FinishAsync(copying, stream);
    }

    private static async ValueTask<string> FinishAsync(Task copying, AwsV4PayloadStream stream)
    {
        // One that failed has half a body in it, and is left to the garbage collector: its content may still write.
        await copying.ConfigureAwait(false);
        return stream.Finish();
    }
}
