using System.Net;

namespace Digibee.Accounts;

/// <summary>Checks the signatures of answers before a caller gets them. Safe for concurrent use.</summary>
internal sealed class ResponseVerifier(NonceMemory nonces, TimeProvider time)
{
    /// <summary>Refuses an answer whose signature does not count, and has its content compared with its digest.</summary>
    /// <exception cref="MessageSignatureException">The answer is refused.</exception>
    public async ValueTask DemandAsync(HttpResponseMessage response, AccountRequest request, CancellationToken cancellationToken)
    {
        var verification = request.ClientOptions.ResponseVerification ?? MessageVerification.Default;
        if (verification.BufferContent)
        {
            await BufferAsync(response, request, verification, cancellationToken).ConfigureAwait(false);
        }

        var hasContent = HasContent(response, request);
        var result = Verify(response, request, verification, hasContent);
        if (!result.IsValid)
        {
            throw Refuse(request, result.Failure, result.Reason);
        }

        // What RequiredComponents left out is returned as it is.
        if (result.Digest is null && hasContent)
        {
            return;
        }

        // A length of zero is what anybody may have written beside content: that is looked at too, and may only be what was signed.
        var digest = MayHaveContent(response, request) ? result.Digest : null;

        if (!verification.BufferContent)
        {
            response.Content = new CheckedContent(response.Content, digest, request.AccountName);
            return;
        }

        var content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        if (!await ContentDigestCheck.IsRightAsync(content, digest, cancellationToken).ConfigureAwait(false))
        {
            throw Refuse(request, MessageSignatureFailure.ContentWrong, ContentDigestCheck.Reason(request.AccountName, digest));
        }
    }

    private MessageSignatureResult Verify(HttpResponseMessage response, AccountRequest request, MessageVerification verification, bool hasContent)
    {
        var sent = new OutgoingMessage();
        sent.Use(request);
        var message = new IncomingMessage(response, sent);
        if (ReceivedSignatureReader.Read(message, verification.Label, out var signatures) is { } unreadable)
        {
            return unreadable;
        }

        var judge = new SignatureJudge(verification, nonces, time);
        MessageSignatureResult? failure = null;
        foreach (var signature in signatures)
        {
            var result = judge.Prejudge(signature, message, hasContent) ?? judge.Judge(signature, message, request.Opened);
            if (result.IsLast)
            {
                return result;
            }

            failure = MessageSignatureResult.Further(failure, result);
        }

        return failure!;
    }

    private static async ValueTask BufferAsync(HttpResponseMessage response, AccountRequest request, MessageVerification verification, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(verification.MaxBufferedBytes, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw Refuse(
                request,
                MessageSignatureFailure.ContentTooLong,
                $"Its content is longer than MessageVerification.MaxBufferedBytes, {verification.MaxBufferedBytes} bytes. Raise the limit, or set BufferContent to false.");
        }
    }

    // Content without a known length may be none; its signature says so by a digest of nothing.
    private static bool HasContent(HttpResponseMessage response, AccountRequest request) =>
        MayHaveContent(response, request) && response.Content.Headers.ContentLength != 0;

    private static bool MayHaveContent(HttpResponseMessage response, AccountRequest request) =>
        request.Method != HttpMethod.Head && response.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.NotModified);

    private static MessageSignatureException Refuse(AccountRequest request, MessageSignatureFailure failure, string reason) => new(
        request.AccountName,
        failure,
        $"An answer from '{request.RequestUri.IdnHost}' was refused, because account '{request.AccountName}' has to check its signature: {reason}");
}
