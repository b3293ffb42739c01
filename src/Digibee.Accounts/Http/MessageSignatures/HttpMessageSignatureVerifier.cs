namespace Digibee.Accounts;

/// <summary>Checks the signatures (RFC 9421) of requests that a server receives, with the keys of Public Key and Secret Key accounts. It depends on no web framework. Safe for concurrent use.</summary>
/// <remarks>Keep one for each purpose: it remembers the nonces of the signatures that counted until these end, so that none counts twice. It remembers 100,000 of them and in this process only; when it is full,
/// no other signature with a nonce counts before an old one ends. A server of several processes has to send a client's requests to the same one, or to remember nonces itself.</remarks>
public sealed class HttpMessageSignatureVerifier
{
    private readonly IAccountVault _vault;
    private readonly MessageVerification _verification;
    private readonly SignatureJudge _judge;

    /// <summary>Initializes a new instance.</summary>
    /// <param name="vault">Where the keys are.</param>
    /// <param name="verification">What a signature has to be like; <see langword="null"/> for the defaults.</param>
    /// <param name="timeProvider">The clock; <see langword="null"/> for the system's.</param>
    public HttpMessageSignatureVerifier(IAccountVault vault, MessageVerification? verification = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(vault);
        _vault = vault;
        _verification = verification ?? MessageVerification.Default;
        _judge = new SignatureJudge(_verification, new NonceMemory(), timeProvider ?? TimeProvider.System);
    }

    /// <summary>Checks a request with one account's key.</summary>
    /// <param name="request">The request.</param>
    /// <param name="accountName">The name of a Public Key, Secret Key or Private Key account in the program's own realm and environment.</param>
    /// <param name="cancellationToken">Cancels the reading of the account and of the content.</param>
    /// <returns>Whether the signature counts, and why not.</returns>
    /// <exception cref="AccountNotFoundException">There is no such account.</exception>
    /// <exception cref="AccountTypeMismatchException">The account is of another type.</exception>
    /// <exception cref="AccountValidationException">The account holds no key that checks signatures.</exception>
    public async ValueTask<MessageSignatureResult> VerifyAsync(ReceivedHttpRequest request, string accountName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var opened = await _vault.OpenAsync(accountName, cancellationToken).ConfigureAwait(false);
        return await VerifyByKeyIdAsync(request, (_, _) => ValueTask.FromResult<OpenedAccount?>(opened), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Checks a request with the key that its signature names.</summary>
    /// <param name="request">The request.</param>
    /// <param name="findAccount">Gives the account of a <c>keyid</c>, which anybody may have written and which is empty where there is none; <see langword="null"/> for a key that does not count. Name the accounts
    /// that do: whoever holds the key of any account that this gives is believed.</param>
    /// <param name="cancellationToken">Cancels the reading of the accounts and of the content.</param>
    /// <returns>Whether a signature counts, and why not.</returns>
    /// <exception cref="AccountTypeMismatchException">An account is of another type than Public Key, Secret Key and Private Key.</exception>
    /// <exception cref="AccountValidationException">An account holds no key that checks signatures.</exception>
    public async ValueTask<MessageSignatureResult> VerifyByKeyIdAsync(
        ReceivedHttpRequest request, Func<string, CancellationToken, ValueTask<OpenedAccount?>> findAccount, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(findAccount);
        var message = new ReceivedMessage(request);
        if (ReceivedSignatureReader.Read(message, _verification.Label, out var signatures) is { } unreadable)
        {
            return unreadable;
        }

        MessageSignatureResult? failure = null;
        foreach (var signature in signatures)
        {
            var result = await JudgeAsync(signature, message, request.Body, findAccount, cancellationToken).ConfigureAwait(false);
            if (result.IsLast)
            {
                return result;
            }

            failure = MessageSignatureResult.Further(failure, result);
        }

        return failure!;
    }

    private async ValueTask<MessageSignatureResult> JudgeAsync(
        ReceivedSignature signature, ReceivedMessage message, Stream? body, Func<string, CancellationToken, ValueTask<OpenedAccount?>> findAccount, CancellationToken cancellationToken)
    {
        if (_judge.Prejudge(signature, message, message.HasContent) is { } failure)
        {
            return failure;
        }

        if (await findAccount(signature.KeyId ?? "", cancellationToken).ConfigureAwait(false) is not { } opened)
        {
            return MessageSignatureResult.Invalid(MessageSignatureFailure.UnknownKey, "The signature was made with a key that does not count here, as far as its keyid says.");
        }

        var result = _judge.Judge(signature, message, opened);
        return !result.IsValid || body is null || await ContentDigestCheck.IsRightAsync(body, result.Digest, cancellationToken).ConfigureAwait(false)
            ? result
            : MessageSignatureResult.Invalid(MessageSignatureFailure.ContentWrong, ContentDigestCheck.Reason(opened.Address.Name, result.Digest));
    }
}
