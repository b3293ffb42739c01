namespace Digibee.Accounts;

/// <summary>What became of a message's signature. Safe for concurrent use.</summary>
/// <remarks>What it says of the signature was checked; of one that does not count it says nothing but why.</remarks>
public sealed class MessageSignatureResult
{
    private readonly ReceivedSignature? _signature;
    private readonly ContentDigest? _digest;
    private readonly string? _accountName;

    private MessageSignatureResult(MessageSignatureFailure failure, string reason)
    {
        Failure = failure;
        Reason = reason;
    }

    private MessageSignatureResult(string accountName, ReceivedSignature signature, ContentDigest? digest)
        : this(MessageSignatureFailure.None, "")
    {
        _accountName = accountName;
        _signature = signature;
        _digest = digest;
    }

    /// <summary>Gets whether the signature counts. The content does only when it was compared too: see <see cref="CheckContent"/>.</summary>
    public bool IsValid => Failure == MessageSignatureFailure.None;

    /// <summary>Gets why it does not count.</summary>
    public MessageSignatureFailure Failure { get; }

    /// <summary>Gets the same in words for a person, with nothing of the message in them; empty for one that counts.</summary>
    public string Reason { get; }

    /// <summary>Gets the account whose key checked it; <see langword="null"/> for one that does not count.</summary>
    public string? AccountName => _accountName;

    /// <summary>Gets its name within the message; <see langword="null"/> for one that does not count.</summary>
    public string? Label => _signature?.Label;

    /// <summary>Gets the name of its key, as the sender says it: <c>keyid</c>.</summary>
    public string? KeyId => _signature?.KeyId;

    /// <summary>Gets the application it is for: <c>tag</c>.</summary>
    public string? Tag => _signature?.Tag;

    /// <summary>Gets its <c>nonce</c>.</summary>
    public string? Nonce => _signature?.Nonce;

    /// <summary>Gets when it was made, by the sender's clock.</summary>
    public DateTimeOffset? CreatedAt => _signature is null ? null : DateTimeOffset.FromUnixTimeSeconds(_signature.Created!.Value);

    /// <summary>Gets when it ends, by the sender's clock; <see langword="null"/> when it does not say.</summary>
    public DateTimeOffset? ExpiresAt => _signature?.Expires is { } expires ? DateTimeOffset.FromUnixTimeSeconds(expires) : null;

    /// <summary>Gets what it covers, as the signature base writes it: <c>"@method"</c>, <c>"content-type"</c>. Nothing else of the message counts.</summary>
    public NameList Components => _signature is null ? NameList.Empty : _signature.Names;

    /// <summary>Gets whether the message's other signatures no longer matter: this one counts, or it tells that the message came before, or may have.</summary>
    internal bool IsLast => IsValid || Failure is MessageSignatureFailure.Replayed or MessageSignatureFailure.TooManyNonces;

    /// <summary>Gets what the content has to hash to; <see langword="null"/> when the signature does not cover that.</summary>
    internal ContentDigest? Digest => _digest;

    /// <summary>Gives a stream that reads the content and compares it with what was signed: the read that would give its last byte, or its end where no length is known, fails when it differs, and the first read of content that is not signed at all.</summary>
    /// <remarks>What was read before that is not to be acted upon, so content without a length has to be read to its end, which a reader of a known number of bytes does not do. Where <see cref="ReceivedHttpRequest.Body"/> was given, it was compared already.</remarks>
    /// <param name="content">The content, from its beginning. It is disposed with the stream.</param>
    /// <param name="length">Its length in bytes, as the server takes it from <c>Content-Length</c>; <see langword="null"/>, the default, where there is none.</param>
    /// <returns>A stream that only reads. It throws <see cref="MessageSignatureException"/>.</returns>
    /// <exception cref="InvalidOperationException">The signature does not count, so no content does.</exception>
    public Stream CheckContent(Stream content, long? length = null)
    {
        ArgumentNullException.ThrowIfNull(content);
        return IsValid ? new ContentDigestStream(content, _digest, length, _accountName!) : throw new InvalidOperationException("The signature does not count, so the content is nobody's. Refuse the message.");
    }

    internal static MessageSignatureResult Valid(string accountName, ReceivedSignature signature, ContentDigest? digest) => new(accountName, signature, digest);

    internal static MessageSignatureResult Invalid(MessageSignatureFailure failure, string reason) => new(failure, reason);

    /// <summary>Gives the failure of two that came further.</summary>
    internal static MessageSignatureResult Further(MessageSignatureResult? first, MessageSignatureResult second) => first is not null && first.Failure >= second.Failure ? first : second;
}
