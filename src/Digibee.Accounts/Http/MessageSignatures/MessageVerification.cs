using System.Collections.Frozen;

namespace Digibee.Accounts;

/// <summary>What a message signature (RFC 9421) has to be like before it counts.</summary>
/// <remarks>For the answers of a client by <see cref="AccountClientOptions.ResponseVerification"/>, for requests by <see cref="HttpMessageSignatureVerifier"/>. Immutable and safe for concurrent use.</remarks>
public sealed record MessageVerification
{
    /// <summary>Gets what the signature has to cover at least, written as in <see cref="MessageSigning.Components"/>. What contains a component counts for it: <c>@target-uri</c> for <c>@scheme</c>,
    /// <c>@authority</c>, <c>@path</c> and <c>@query</c>, <c>@request-target</c> for the last two. <c>content-digest</c> is asked for where there is content.</summary>
    /// <value>Empty, the default, for <c>@method</c>, <c>@authority</c>, <c>@path</c>, <c>@query</c> and <c>content-digest</c> of a request, <c>@status</c> and <c>content-digest</c> of a response.</value>
    /// <exception cref="ArgumentException">One is not known, or stands there twice.</exception>
    public NameList RequiredComponents
    {
        get => Required?.Names ?? NameList.Empty;
        init => Required = FieldGuard.NotNull(value).Count == 0 ? null : SignatureComponentList.Parse(value);
    }

    /// <summary>Gets whether a response's signature counts that covers nothing of the request: it may be the true answer to another question, asked by anybody at any time.</summary>
    /// <value>The default is <see langword="false"/>: at least one component has the parameter <c>req</c>. Which ones are needed is said by <see cref="RequiredComponents"/>.</value>
    public bool AllowUnboundResponse { get; init; }

    /// <summary>Gets the algorithm, where the key could check several.</summary>
    /// <value><see langword="null"/>, the default, for the key's: of RSA <c>rsa-pss-sha512</c>. What the message says is compared with it, never followed.</value>
    /// <exception cref="ArgumentException">It is none of RFC 9421.</exception>
    public SignatureAlgorithm? Algorithm
    {
        get;
        init => field = SignatureAlgorithmName.Check(value, nameof(Algorithm));
    }

    /// <summary>Gets the name of the key that the signature has to say: <c>keyid</c>.</summary>
    /// <value><see langword="null"/>, the default, for any. The key alone decides whether the signature is right.</value>
    /// <exception cref="ArgumentException">It is empty, too long, or holds another character than visible ASCII and spaces.</exception>
    public string? KeyId
    {
        get;
        init => field = SignatureText.Check(value, nameof(KeyId));
    }

    /// <summary>Gets the name of the signature that counts; others are passed over.</summary>
    /// <value><see langword="null"/>, the default, for the first that is right, of at most 8.</value>
    /// <exception cref="ArgumentException">It is no key of RFC 9651.</exception>
    public string? Label
    {
        get;
        init => field = SignatureText.CheckLabel(value, nameof(Label));
    }

    /// <summary>Gets the application that the signature has to be for: <c>tag</c>.</summary>
    /// <value><see langword="null"/>, the default, for any.</value>
    /// <exception cref="ArgumentException">It is empty, too long, or holds another character than visible ASCII and spaces.</exception>
    public string? Tag
    {
        get;
        init => field = SignatureText.Check(value, nameof(Tag));
    }

    /// <summary>Gets how long a signature counts from its <c>created</c> on, which it has to have. An <c>expires</c> can only shorten it.</summary>
    /// <value>One second to one day. The default is 5 minutes.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is outside of these.</exception>
    public TimeSpan MaxAge
    {
        get;
        init => field = value >= TimeSpan.FromSeconds(1) && value <= TimeSpan.FromDays(1) ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxAge), "It must be between one second and one day.");
    } = TimeSpan.FromMinutes(5);

    /// <summary>Gets how far apart the two sides' clocks may be.</summary>
    /// <value>Zero to 10 minutes. The default is 30 seconds.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is outside of these.</exception>
    public TimeSpan ClockTolerance
    {
        get;
        init => field = value >= TimeSpan.Zero && value <= TimeSpan.FromMinutes(10) ? value
            : throw new ArgumentOutOfRangeException(nameof(ClockTolerance), "It must be between zero and 10 minutes.");
    } = TimeSpan.FromSeconds(30);

    /// <summary>Gets whether the signature has to have a <c>nonce</c>. One that it has counts once in any case, as far as this process remembers: see <see cref="HttpMessageSignatureVerifier"/>.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool RequireNonce { get; init; }

    /// <summary>Gets whether the content of a response is read into memory and compared with its digest before the response is returned.</summary>
    /// <value>The default is <see langword="false"/>: it is compared while it is read, and the read that would give its end fails. What was read before that is not to be acted upon.</value>
    public bool BufferContent { get; init; }

    /// <summary>Gets how many bytes <see cref="BufferContent"/> keeps. A longer content is refused.</summary>
    /// <value>1 to 1,073,741,824. The default is 4,194,304.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is outside of these.</exception>
    public int MaxBufferedBytes
    {
        get;
        init => field = value is >= 1 and <= 1 << 30 ? value : throw new ArgumentOutOfRangeException(nameof(MaxBufferedBytes), "It must be between 1 and 1,073,741,824.");
    } = 4_194_304;

    /// <summary>Gets what kinds of structured fields there are, for components with <c>sf</c>. The registered ones are known.</summary>
    /// <value>Empty by default. The names' case does not matter.</value>
    public IReadOnlyDictionary<string, StructuredFieldType> StructuredFields
    {
        get => field ?? FrozenDictionary<string, StructuredFieldType>.Empty;
        init => field = FieldGuard.NotNull(value).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    internal static MessageVerification Default { get; } = new();

    /// <summary>Gets the components of <see cref="RequiredComponents"/>; <see langword="null"/> for the defaults.</summary>
    internal SignatureComponentList? Required { get; private init; }
}
