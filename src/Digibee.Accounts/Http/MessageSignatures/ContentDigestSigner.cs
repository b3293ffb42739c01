using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>Adds the <c>Content-Digest</c> of a request's content (RFC 9530, section 2). Content that can be read again is hashed where it is; only the rest is kept in memory, within a limit.</summary>
internal static class ContentDigestSigner
{
    /// <summary>Adds it where the signature covers it, there is content, and the message does not bring one along.</summary>
    /// <exception cref="AccountUnavailableException">The content cannot be read before it is sent.</exception>
    public static ValueTask AddAsync(AccountRequest request, MessageSigning signing, CancellationToken cancellationToken)
    {
        if (request.Content is not { } content || !Covers(signing.Covered.Span)
            || request.Headers.Contains(SignatureHeaders.ContentDigest) || content.Headers.NonValidated.Contains(SignatureHeaders.ContentDigest))
        {
            return ValueTask.CompletedTask;
        }

        if (request.IsContentReplayable)
        {
            return HashAsync(request, content, signing, cancellationToken);
        }

        return signing.MaxBufferedBytes > 0 ? BufferAsync(request, content, signing, cancellationToken) : throw MessageSigningRefusal.OneWay(request);
    }

    private static bool Covers(ReadOnlySpan<SignatureComponent> components)
    {
        foreach (var component in components)
        {
            if (component.Name == "content-digest")
            {
                return true;
            }
        }

        return false;
    }

    private static async ValueTask BufferAsync(AccountRequest request, HttpContent content, MessageSigning signing, CancellationToken cancellationToken)
    {
        try
        {
            await content.LoadIntoBufferAsync(signing.MaxBufferedBytes, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw MessageSigningRefusal.TooLong(request, signing.MaxBufferedBytes);
        }
        catch (Exception exception) when (IsOfTheContent(exception, cancellationToken))
        {
            throw MessageSigningRefusal.Unreadable(request, exception);
        }

        await HashAsync(request, content, signing, cancellationToken).ConfigureAwait(false);
    }

    private static ValueTask HashAsync(AccountRequest request, HttpContent content, MessageSigning signing, CancellationToken cancellationToken)
    {
        var stream = signing.DigestAlgorithm == ContentDigestAlgorithm.Sha512 ? HashingStream.TakeSha512() : HashingStream.TakeSha256();
        Task copying;
        try
        {
            copying = CopyAsync(request, content, stream, cancellationToken);
        }
        catch (Exception exception) when (IsOfTheContent(exception, cancellationToken))
        {
            throw MessageSigningRefusal.Unreadable(request, exception);
        }

        // What is in memory is hashed by now.
        if (!copying.IsCompletedSuccessfully)
        {
            return FinishAsync(request, copying, stream, cancellationToken);
        }

        Set(request, stream);
        return ValueTask.CompletedTask;
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

    private static async ValueTask FinishAsync(AccountRequest request, Task copying, HashingStream stream, CancellationToken cancellationToken)
    {
        // One that failed has half a body in it, and is left to the garbage collector: its content may still write.
        try
        {
            await copying.ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfTheContent(exception, cancellationToken))
        {
            throw MessageSigningRefusal.Unreadable(request, exception);
        }

        Set(request, stream);
    }

    private static void Set(AccountRequest request, HashingStream stream)
    {
        Span<byte> hash = stackalloc byte[SHA512.HashSizeInBytes];
        hash = hash[..stream.HashLength];
        stream.Finish(hash);
        request.SetContentHeader(SignatureHeaders.ContentDigest, Format(hash));
    }

    private static string Format(ReadOnlySpan<byte> hash)
    {
        var name = hash.Length == SHA512.HashSizeInBytes ? "sha-512=:" : "sha-256=:";
        return string.Concat(name, Convert.ToBase64String(hash), ":");
    }

    private static bool IsOfTheContent(Exception exception, CancellationToken cancellationToken) =>
        !(exception is OperationCanceledException && cancellationToken.IsCancellationRequested);
}
