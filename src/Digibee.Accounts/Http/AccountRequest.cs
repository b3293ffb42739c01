using System.Net.Http.Headers;

namespace Digibee.Accounts;

/// <summary>The outgoing HttpRequestMessage as an authenticator may see and change it. What is set is validated, recorded, and taken off after each send.</summary>
/// <remarks>It belongs to one send and is not safe for concurrent use. Keep nothing of it after <see cref="IAccountAuthenticator{TAccount}.AuthenticateAsync"/> has returned.</remarks>
public sealed class AccountRequest
{
    private static readonly AccountClientOptions Unconfigured = new();

    private readonly MessageChanges _changes;

    internal AccountRequest(AccountReference reference, OpenedAccount opened, AccountTypeHandler typeHandler, MessageChanges changes, int attempt)
    {
        Reference = reference;
        Opened = opened;
        TypeHandler = typeHandler;
        _changes = changes;
        Attempt = attempt;
    }

    /// <summary>Gets the account, with its address and revision.</summary>
    public OpenedAccount Opened { get; }

    /// <summary>Gets the number of the attempt: 0, then 1 for the repetition.</summary>
    public int Attempt { get; }

    /// <summary>Gets the method.</summary>
    public HttpMethod Method => _changes.Message.Method;

    /// <summary>Gets the absolute URI, with what other accounts have added.</summary>
    public Uri RequestUri => _changes.Message.RequestUri!;

    /// <summary>Gets the headers as they will be written. Reading does not rewrite them.</summary>
    public HttpHeadersNonValidated Headers => _changes.Message.Headers.NonValidated;

    /// <summary>Gets the content.</summary>
    public HttpContent? Content => _changes.Message.Content;

    /// <summary>Gets the <c>Host</c> header that the caller set; <see langword="null"/> for none.</summary>
    internal string? HostHeader => _changes.Message.Headers.Host;

    /// <summary>Gets whether the caller asked for chunks, beside which no length is sent.</summary>
    internal bool IsChunked => _changes.Message.Headers.TransferEncodingChunked is true;

    internal AccountReference Reference { get; }

    // HttpClient.Send: what an authenticator does of its own, it does on the caller's thread.
    internal bool IsSynchronous { get; init; }

    internal AccountTypeHandler TypeHandler { get; }

    // What the authenticator keeps of its last application until it has judged the answer; disposed then, and when there is none.
    internal IDisposable? Proof { get; set; }

    // The accounts of one message, those that sign it last.
    internal AccountRequest? Next { get; set; }

    /// <summary>Gets or sets why the server refused this account, where the authenticator knows more than the status says: words for a person, without a secret.</summary>
    internal string? Explanation { get; set; }

    /// <summary>Gets what the first authenticator that knows says of the server's refusal, from this one on.</summary>
    internal string? FirstExplanation => Explanation ?? Next?.FirstExplanation;

    internal string AccountName => Opened.Address.Name;

    /// <summary>Gets how this message wants the account applied; <see langword="null"/> for the type's defaults.</summary>
    internal IAccountSettings? Settings => Reference.Settings;

    /// <summary>Gets how the message's client uses accounts.</summary>
    internal AccountClientOptions ClientOptions { get; init; } = Unconfigured;

    /// <summary>Gets or sets whether the answer must be checked by this account: a redirect to where it does not go is then not followed, because nobody would check what comes from there.</summary>
    internal bool ChecksAnswers { get; set; }

    /// <summary>Gets whether this account or one of the next checks the answer.</summary>
    internal bool IsAnswerChecked => ChecksAnswers || Next is { IsAnswerChecked: true };

    /// <summary>Gets whether the content can be read before it is sent.</summary>
    internal bool IsContentReplayable => ReplayableContent.Is(_changes.Message);

    /// <summary>Sets the <c>Authorization</c> header. One that the caller had set is put aside and comes back after the send.</summary>
    /// <param name="value">A scheme and, unless it is <see langword="null"/>, a parameter of visible ASCII with spaces and tabs inside only.</param>
    /// <exception cref="AccountValidationException">The value cannot be sent in a header, or another account set this header.</exception>
    public void SetAuthorization(AuthenticationHeaderValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Parameter is { } parameter && !HeaderSyntax.IsValue(parameter))
        {
            throw NotSendable("Authorization");
        }

        _changes.SetAuthorization(AccountName, value);
    }

    /// <summary>Sets a header. One that the caller had set is put aside and comes back after the send.</summary>
    /// <param name="name">A token of RFC 9110, section 5.6.2; not <c>Host</c>, <c>Content-*</c>, <c>Proxy-*</c> or another that frames the message.</param>
    /// <param name="value">Visible ASCII, with spaces and tabs inside only.</param>
    /// <exception cref="AccountValidationException">The name or the value is not usable, or another account set this header.</exception>
    public void SetHeader(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        var mayBeSet = HeaderSyntax.IsToken(name) && !HeaderSyntax.IsReserved(name);
        if (mayBeSet && !HeaderSyntax.IsValue(value))
        {
            throw NotSendable(name);
        }

        // The platform says no by its return value: unseen, the message would go out bare.
        if (!mayBeSet || !_changes.TrySetHeader(AccountName, name, value))
        {
            throw Unusable("HeaderName", "it is not a header that an account can set on a request.");
        }
    }

    /// <summary>Sets a query parameter; the rest of the URI stays as it is written. One of that name that the caller had set comes back after the send.</summary>
    /// <param name="name">The name, not encoded.</param>
    /// <param name="value">The value, not encoded.</param>
    /// <exception cref="AccountValidationException">The name is empty, or another account set this parameter.</exception>
    public void SetQueryParameter(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        SetEncodedQueryParameter(name, $"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}");
    }

    /// <summary>Sets a cookie beside those that the caller had set.</summary>
    /// <param name="name">A token of RFC 9110, section 5.6.2.</param>
    /// <param name="value">Characters that a cookie can carry as they are (RFC 6265, section 4.1.1).</param>
    /// <exception cref="AccountValidationException">The name or the value is not usable, or another account set this cookie.</exception>
    public void SetCookie(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        if (!HeaderSyntax.IsToken(name))
        {
            throw Unusable("ParameterName", "it is not a cookie name: only letters, digits and !#$%&'*+-.^_`|~ can stand in one (RFC 6265).");
        }

        if (!HeaderSyntax.IsCookieValue(value))
        {
            throw NotSendable("Cookie");
        }

        _changes.SetCookie(AccountName, name, value);
    }

    /// <summary>Sends other content in place of the message's own, which comes back after the send.</summary>
    /// <param name="content">The content. It is not disposed.</param>
    /// <exception cref="AccountValidationException">Another account set the content.</exception>
    public void SetContent(HttpContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        _changes.SetContent(AccountName, content);
    }

    /// <summary>Gives what is derived from this revision of the account, such as a header's value or a parsed key: made once, and gone with the revision.</summary>
    /// <typeparam name="TState">A type of your own; there is one instance of it for each revision.</typeparam>
    /// <param name="create">Makes it. A static lambda: what it captured would be kept.</param>
    /// <returns>The state.</returns>
    public TState GetOrAddState<TState>(Func<OpenedAccount, TState> create)
        where TState : class => Opened.GetOrAddState(create);

    /// <summary>Puts one list of accounts behind another.</summary>
    internal static AccountRequest? Join(AccountRequest? first, AccountRequest? rest)
    {
        if (first is null)
        {
            return rest;
        }

        var last = first;
        while (last.Next is not null)
        {
            last = last.Next;
        }

        last.Next = rest;
        return first;
    }

    /// <summary>Sends the message without a header that the caller had set and that would stand against the account's own. It comes back after the send.</summary>
    internal void RemoveHeader(string name) => _changes.RemoveHeader(AccountName, name);

    /// <summary>Sets a header that describes the content, beside what the content brings along.</summary>
    internal void SetContentHeader(string name, string value) => _changes.TrySetHeader(AccountName, name, value);

    /// <summary>Adds to a header that is a list or a dictionary. What the caller and other accounts have put there stays.</summary>
    /// <param name="name">A token of RFC 9110, section 5.6.2.</param>
    /// <param name="value">The members to add. Visible ASCII, with spaces and tabs inside only.</param>
    internal void AppendToHeader(string name, string value)
    {
        if (!HeaderSyntax.IsValue(value))
        {
            throw NotSendable(name);
        }

        _changes.AppendToHeader(AccountName, name, value);
    }

    /// <summary>Spells the URI in another way, to the same resource. The caller's own comes back after the send.</summary>
    internal void RespellUri(Uri uri) => _changes.SetUri(AccountName, uri);

    internal void SetEncodedQueryParameter(string name, string encodedPair)
    {
        if (name.Length == 0)
        {
            throw Unusable("ParameterName", "it is empty.");
        }

        _changes.SetQueryParameter(AccountName, name, encodedPair);
    }

    /// <summary>Disposes what the authenticators kept, from this account on: their answer is judged, or there is none.</summary>
    internal void ForgetProofs()
    {
        Proof?.Dispose();
        Proof = null;
        Next?.ForgetProofs();
    }

    private AccountValidationException NotSendable(string header) =>
        Unusable(header, "the value is empty or holds characters that cannot be sent there: only visible ASCII can, with spaces and tabs inside.");

    private AccountValidationException Unusable(string field, string message) => new(AccountName, [new AccountProblem(field, message)]);
}
