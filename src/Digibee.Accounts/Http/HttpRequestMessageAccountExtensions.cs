namespace Digibee.Accounts;

/// <summary>Chooses accounts for one message.</summary>
public static class HttpRequestMessageAccountExtensions
{
    /// <summary>Applies one account to this message, in place of the client's.</summary>
    /// <remarks>The client must have been set up with <c>UseAccount</c> or <c>UseAccounts</c>; on any other client the message is refused before anything is sent: until an account
    /// handler takes it, its <see cref="HttpRequestMessage.Version"/> is 0.9. Set the version you want before this call. The choice is kept in <see cref="HttpRequestMessage.Options"/>, for
    /// a retry of the same message too. Whoever copies a message must copy its options, and before it is first sent: an account handler gives the message its version back, so that a later
    /// copy is an ordinary message to a client without accounts.</remarks>
    /// <param name="request">The message.</param>
    /// <param name="name">The account's name in the program's own realm and environment.</param>
    /// <returns>The message.</returns>
    /// <exception cref="ArgumentException">The name does not follow the grammar of <see cref="AccountAddress"/>.</exception>
    public static HttpRequestMessage UseAccount(this HttpRequestMessage request, string name) => UseAccounts(request, name);

    /// <summary>Applies one account of any realm and environment to this message, in place of the client's, on behalf of the client's project.</summary>
    /// <param name="request">The message.</param>
    /// <param name="address">The account's address.</param>
    /// <returns>The message.</returns>
    public static HttpRequestMessage UseAccount(this HttpRequestMessage request, AccountAddress address) => UseAccount(request, address, project: null);

    /// <summary>Applies one account of any realm and environment to this message, in place of the client's.</summary>
    /// <param name="request">The message.</param>
    /// <param name="address">The account's address.</param>
    /// <param name="project">The project on whose behalf the message is sent; <see langword="null"/> for the client's.</param>
    /// <returns>The message.</returns>
    public static HttpRequestMessage UseAccount(this HttpRequestMessage request, AccountAddress address, string? project)
    {
        ArgumentNullException.ThrowIfNull(request);
        AccountSelection.Set(request, [new AccountReference(address, project)]);
        return request;
    }

    /// <summary>Applies one account of a scope to this message, in place of the client's: for code that does not run in the flow that began the scope.</summary>
    /// <param name="request">The message.</param>
    /// <param name="scope">The scope. It, or one around it, must hold the account when the message is sent; a stored one of that name does not stand in.</param>
    /// <param name="name">The account's name.</param>
    /// <returns>The message.</returns>
    /// <exception cref="ArgumentException">The name does not follow the grammar of <see cref="AccountAddress"/>.</exception>
    public static HttpRequestMessage UseAccount(this HttpRequestMessage request, AccountScope scope, string name)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(scope);
        AccountSelection.Set(request, [new AccountReference(scope, name)]);
        return request;
    }

    /// <summary>Applies several accounts to this message, in place of the client's; none to send it without any.</summary>
    /// <param name="request">The message.</param>
    /// <param name="names">The accounts' names in the program's own realm and environment.</param>
    /// <returns>The message.</returns>
    /// <exception cref="ArgumentException">A name does not follow the grammar of <see cref="AccountAddress"/>, or is given twice.</exception>
    public static HttpRequestMessage UseAccounts(this HttpRequestMessage request, params ReadOnlySpan<string> names)
    {
        ArgumentNullException.ThrowIfNull(request);
        AccountSelection.Set(request, AccountReference.FromNames(names));
        return request;
    }

    /// <summary>Sends a header whose value holds <c>{{ account.&lt;name&gt;.&lt;field&gt; }}</c>, beside the message's or the client's accounts. <see cref="AccountExpressionContent"/> does it in a body.</summary>
    /// <remarks>The name may hold dots; the field is what follows the last one, as the platform calls it: <c>password</c>, <c>header-value</c>, <c>url-param-name</c>. An account that is so used must
    /// allow the origin and counts as applied. It is looked up in the realm, environment and project of the accounts the message chose by address, or else in the program's own; beside an account of a
    /// chosen scope in that scope first. The values are on the message while it is sent and no longer, and go to no other origin by a redirect. Otherwise as <see cref="UseAccount(HttpRequestMessage, string)"/>, the version included. At the send it is an
    /// <see cref="AccountValidationException"/> when an account has no such field or not filled it in, or when the value cannot stand in a header.</remarks>
    /// <param name="request">The message.</param>
    /// <param name="name">The header's name; not <c>Host</c>, <c>Content-*</c>, <c>Proxy-*</c> or another that frames the message. No expressions in it.</param>
    /// <param name="value">The value, with at least one expression.</param>
    /// <returns>The message.</returns>
    /// <exception cref="ArgumentException">The name cannot be set by an account, an expression is not right, or there is none.</exception>
    public static HttpRequestMessage UseAccountHeader(this HttpRequestMessage request, string name, string value)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        if (!HeaderSyntax.IsToken(name) || HeaderSyntax.IsReserved(name))
        {
            throw new ArgumentException("It is not a header that an account can set on a request.", nameof(name));
        }

        AccountSelection.Add(request, new AccountExpressionHeader(name, new AccountExpressionText(value, nameof(value))));
        return request;
    }

    /// <summary>Says that this message's content can be sent more than once. The library knows it of strings, bytes, forms, JSON, seekable streams and multiparts of these.</summary>
    /// <param name="request">The message.</param>
    /// <returns>The message.</returns>
    public static HttpRequestMessage AllowContentReplay(this HttpRequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Options.Set(ReplayableContent.Marker, true);
        return request;
    }
}
