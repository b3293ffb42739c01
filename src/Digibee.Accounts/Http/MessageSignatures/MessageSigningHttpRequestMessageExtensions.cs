namespace Digibee.Accounts;

/// <summary>Chooses a Private Key or Secret Key account for one message, and says how to sign it.</summary>
public static class MessageSigningHttpRequestMessageExtensions
{
    /// <summary>Signs this message with a Private Key or Secret Key account, in place of the client's accounts.</summary>
    /// <remarks>As <see cref="HttpRequestMessageAccountExtensions.UseAccount(HttpRequestMessage, string)"/> otherwise. An account of another type is refused with
    /// <see cref="AccountTypeMismatchException"/> when the message is sent.</remarks>
    /// <param name="request">The message.</param>
    /// <param name="name">The account's name in the program's own realm and environment.</param>
    /// <param name="signing">What to sign, and how; in place of the client's.</param>
    /// <returns>The message.</returns>
    /// <exception cref="ArgumentException">The name does not follow the grammar of <see cref="AccountAddress"/>.</exception>
    public static HttpRequestMessage UseAccount(this HttpRequestMessage request, string name, MessageSigning signing)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(signing);
        AccountSelection.Set(request, [new AccountReference(name, signing)]);
        return request;
    }

    /// <summary>Signs this message with a Private Key or Secret Key account of any realm and environment, in place of the client's accounts.</summary>
    /// <remarks>As <see cref="HttpRequestMessageAccountExtensions.UseAccount(HttpRequestMessage, AccountAddress, string)"/> otherwise. An account of another type is refused with
    /// <see cref="AccountTypeMismatchException"/> when the message is sent.</remarks>
    /// <param name="request">The message.</param>
    /// <param name="address">The account's address.</param>
    /// <param name="signing">What to sign, and how; in place of the client's.</param>
    /// <param name="project">The project on whose behalf the message is sent; <see langword="null"/> for the client's.</param>
    /// <returns>The message.</returns>
    public static HttpRequestMessage UseAccount(this HttpRequestMessage request, AccountAddress address, MessageSigning signing, string? project = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(signing);
        AccountSelection.Set(request, [new AccountReference(address, project, signing)]);
        return request;
    }
}
