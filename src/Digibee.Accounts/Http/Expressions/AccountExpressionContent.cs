using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Digibee.Accounts;

/// <summary>A body with <c>{{ account.&lt;name&gt;.&lt;field&gt; }}</c> in it. A client with accounts puts the values in while it sends, and takes them out again.</summary>
/// <remarks>Each account that is named counts as applied: it must allow the origin, and is refused like the client's own. The body goes to the first origin only: a redirect to
/// another is returned. It is the message's whole content, not a part of a multipart one, and in UTF-8. Expressions of other namespaces are left as they are.</remarks>
public sealed class AccountExpressionContent : HttpContent
{
    private readonly AccountExpressionText _text;
    private readonly AccountExpressionEscaping _escaping;

    /// <summary>Initializes a new instance.</summary>
    /// <param name="text">The text, with at least one expression.</param>
    /// <param name="mediaType">The media type, without parameters.</param>
    /// <param name="escaping">How values are written into the text; by default as the media type says.</param>
    /// <exception cref="ArgumentException">An expression is not right, or there is none. The message does not repeat the text.</exception>
    /// <exception cref="FormatException"><paramref name="mediaType"/> is none.</exception>
    public AccountExpressionContent(string text, string mediaType = "application/json", AccountExpressionEscaping escaping = AccountExpressionEscaping.ByMediaType)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(mediaType);
        _escaping = FieldGuard.Defined(escaping) == AccountExpressionEscaping.ByMediaType ? AccountExpressionEscaper.For(mediaType) : escaping;
        _text = new AccountExpressionText(text, nameof(text));
        Headers.ContentType = new MediaTypeHeaderValue(mediaType, Encoding.UTF8.WebName);
    }

    /// <summary>Gets the text as it was given: without a value.</summary>
    public string Text => _text.Text;

    internal ReadOnlySpan<AccountExpression> Expressions => _text.Expressions;

    /// <summary>Makes the content that is sent.</summary>
    /// <param name="accounts">The message's accounts.</param>
    internal ReadOnlyMemoryContent Resolve(AccountRequest accounts)
    {
        // Not from a pool and not wiped: a server may answer while the platform still sends the body.
        var resolved = new ReadOnlyMemoryContent(Encoding.UTF8.GetBytes(_text.Resolve(accounts, _escaping)));
        foreach (var (name, values) in Headers.NonValidated)
        {
            foreach (var value in values)
            {
                RawHeaders.TryAdd(resolved.Headers, name, value);
            }
        }

        return resolved;
    }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => throw Unresolved();

    /// <inheritdoc/>
    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken) => throw Unresolved();

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private static AccountUnavailableException Unresolved() => new(
        accountName: null,
        "A body with account expressions was read without their values: by a client without accounts, as a part of other content, or by a handler that logs bodies (AccountExpressionContent.Text is for those). Nothing of it was sent.",
        isTransient: false);
}
