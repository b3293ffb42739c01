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

        // Before what the caller knows of the body: a redirect may have left it behind.
        if (request.Content is not { } content)
        {
            return ValueTask.FromResult(EmptyHash);
        }

        if (signing.PayloadHash is { } known)
        {
            return ValueTask.FromResult(known);
        }

        if (request.IsContentReplayable)
        {
            return HashAsync(request, content, cancellationToken);
        }

        return signing.MaxBufferedBytes > 0 ? BufferAsync(request, content, signing.MaxBufferedBytes, cancellationToken) : throw AwsV4Refusal.Content(request);
    }

    private static async ValueTask<string> BufferAsync(AccountRequest request, HttpContent content, int limit, CancellationToken cancellationToken)
    {
        try
        {
            await content.LoadIntoBufferAsync(limit, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw AwsV4Refusal.TooLong(request, limit);
        }
        catch (Exception exception) when (IsOfTheContent(exception, cancellationToken))
        {
            throw AwsV4Refusal.Unreadable(request, exception);
        }

        return await HashAsync(request, content, cancellationToken).ConfigureAwait(false);
    }

    private static ValueTask<string> HashAsync(AccountRequest request, HttpContent content, CancellationToken cancellationToken)
    {
        var stream = HashingStream.TakeSha256();
        Task copying;
        try
        {
            copying = CopyAsync(request, content, stream, cancellationToken);
        }
        catch (Exception exception) when (IsOfTheContent(exception, cancellationToken))
        {
            throw AwsV4Refusal.Unreadable(request, exception);
        }

        // What is in memory is hashed by now.
        return copying.IsCompletedSuccessfully ? ValueTask.FromResult(stream.FinishHex()) : FinishAsync(request, copying, stream, cancellationToken);
    }

    // As the transport would: a content that waits for something cannot be waited for on a caller's only thread.
    private static Task CopyAsync(AccountRequest request, HttpContent content, HashingStream stream, CancellationToken cancellationToken)
    {
        if (!request.IsSynchronous)
        {
            return content.CopyToAsync(stream, cancellationToken);
        }

        content.CopyTo(stream, context: null, cancellationToken);
        return Task.CompletedTask;
    }

    private static async ValueTask<string> FinishAsync(AccountRequest request, Task copying, HashingStream stream, CancellationToken cancellationToken)
    {
        // One that failed has half a body in it, and is left to the garbage collector: its content may still write.
        try
        {
            await copying.ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfTheContent(exception, cancellationToken))
        {
            throw AwsV4Refusal.Unreadable(request, exception);
        }

        return stream.FinishHex();
    }

    private static bool IsOfTheContent(Exception exception, CancellationToken cancellationToken) =>
        !(exception is OperationCanceledException && cancellationToken.IsCancellationRequested);
}
