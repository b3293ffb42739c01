using System.Collections.Frozen;

namespace Digibee.Accounts;

/// <summary>How messages are signed by a Private Key or Secret Key account: an HTTP message signature (RFC 9421), and with it a <c>Content-Digest</c> of the body (RFC 9530).</summary>
/// <remarks>For a client by <see cref="AccountClientOptions.MessageSigning"/>, for one message by <c>UseAccount</c>. Immutable, so one instance may serve any number of messages. The algorithm follows from the key.</remarks>
public sealed record MessageSigning : IAccountSettings
{
    /// <summary>Gets what the signature covers, in this order: names of headers in any case, and <c>@method</c>, <c>@target-uri</c>, <c>@authority</c>, <c>@scheme</c>, <c>@request-target</c>, <c>@path</c>,
    /// <c>@query</c>, <c>@query-param;name="…"</c>, with the parameters of RFC 9421, section 2.1, behind a semicolon: <c>priority;sf</c>, <c>forwarded;bs</c>, <c>cache-control;key="max-age"</c>.</summary>
    /// <remarks>What describes content (<c>Content-*</c>) is left out of a message without content, and <c>content-type</c> of content without a type. Any other header that a message lacks is a reason
    /// not to send it. Without <c>content-digest</c> the body is not signed.</remarks>
    /// <value>The default is <c>@method</c>, <c>@authority</c>, <c>@path</c>, <c>@query</c>, <c>content-digest</c>, <c>content-type</c>.</value>
    /// <exception cref="ArgumentException">One is not known, stands there twice, is of a response, or is a header that the platform writes itself, such as <c>traceparent</c>.</exception>
    public NameList Components
    {
        get => Covered.Names;
        init => Covered = SignatureText.CheckSigned(FieldGuard.NotNull(value), nameof(Components));
    }

    /// <summary>Gets the algorithm, where the key could make several.</summary>
    /// <value><see langword="null"/>, the default, for the key's: of RSA <c>rsa-pss-sha512</c>. An RSA key also makes <see cref="SignatureAlgorithm.RsaPkcs1Sha256"/>, for a peer that takes nothing else.</value>
    /// <exception cref="ArgumentException">It is none of RFC 9421.</exception>
    public SignatureAlgorithm? Algorithm
    {
        get;
        init => field = SignatureAlgorithmName.Check(value, nameof(Algorithm));
    }

    /// <summary>Gets the hash of the <c>Content-Digest</c> that is made. One that the message has already is sent and signed as it is.</summary>
    /// <value>The default is <see cref="ContentDigestAlgorithm.Sha256"/>.</value>
    /// <exception cref="ArgumentException">It is none of the defined values.</exception>
    public ContentDigestAlgorithm DigestAlgorithm
    {
        get;
        init => field = FieldGuard.Defined(value);
    }

    /// <summary>Gets the name by which the other side knows the key: <c>keyid</c>.</summary>
    /// <value><see langword="null"/>, the default, for the account's name. At most 1,024 visible ASCII characters and spaces.</value>
    /// <exception cref="ArgumentException">It is empty, too long, or holds another character.</exception>
    public string? KeyId
    {
        get;
        init => field = SignatureText.Check(value, nameof(KeyId));
    }

    /// <summary>Gets the name of the signature within the message.</summary>
    /// <value><see langword="null"/>, the default, for the first of <c>sig1</c>, <c>sig2</c>, … that the message does not have yet.</value>
    /// <exception cref="ArgumentException">It is no key of RFC 9651.</exception>
    public string? Label
    {
        get;
        init => field = SignatureText.CheckLabel(value, nameof(Label));
    }

    /// <summary>Gets how long the signature is good: <c>expires</c> is so much behind <c>created</c>.</summary>
    /// <value><see langword="null"/>, the default, for no <c>expires</c>. One second to one day; parts of a second are dropped.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is outside of these.</exception>
    public TimeSpan? Lifetime
    {
        get;
        init => field = value is null || (value >= TimeSpan.FromSeconds(1) && value <= TimeSpan.FromDays(1)) ? value
            : throw new ArgumentOutOfRangeException(nameof(Lifetime), "It must be between one second and one day.");
    }

    /// <summary>Gets whether each signature has a random <c>nonce</c> of 128 bits, so that the other side can tell a replayed message.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AddNonce { get; init; }

    /// <summary>Gets whether the algorithm is named: <c>alg</c>. It need not be, where the other side knows the key's.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AddAlgorithm { get; init; }

    /// <summary>Gets the application that the signature is for: <c>tag</c>.</summary>
    /// <value><see langword="null"/>, the default, for none. At most 1,024 visible ASCII characters and spaces.</value>
    /// <exception cref="ArgumentException">It is empty, too long, or holds another character.</exception>
    public string? Tag
    {
        get;
        init => field = SignatureText.Check(value, nameof(Tag));
    }

    /// <summary>Gets what kinds of structured fields there are, for components with <c>sf</c>. The registered ones are known.</summary>
    /// <value>Empty by default. The names' case does not matter.</value>
    public IReadOnlyDictionary<string, StructuredFieldType> StructuredFields
    {
        get => field ?? FrozenDictionary<string, StructuredFieldType>.Empty;
        init => field = FieldGuard.NotNull(value).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Gets how many bytes of a content that can be read only once are kept in memory, so that it can be hashed before it is sent. A longer one is refused.</summary>
    /// <value>0 to 1,073,741,824. The default is 1,048,576.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is outside of these.</exception>
    public int MaxBufferedBytes
    {
        get;
        init => field = value is >= 0 and <= 1 << 30 ? value : throw new ArgumentOutOfRangeException(nameof(MaxBufferedBytes), "It must be between 0 and 1,073,741,824.");
    } = 1_048_576;

    internal static MessageSigning Default { get; } = new();

    internal SignatureComponentList Covered
    {
        get => field ?? SignatureComponentList.OfRequests;
        private init;
    }

    string IAccountSettings.AccountTypes => "Private Key and Secret Key";

    bool IAccountSettings.AreFor(AccountType type) => type == AccountType.PrivateKey || type == AccountType.SecretKey;
}
