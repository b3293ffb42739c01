namespace Digibee.Accounts;

/// <summary>Connects OAuth 2 accounts: a person logs in at the provider, and the tokens are kept beside the account, whose revision stays. Safe for concurrent use.</summary>
public interface IOAuth2Connector
{
    /// <summary>Begins a log-in in a browser.</summary>
    /// <param name="accountName">The account's name; its grant is <see cref="OAuth2Grant.AuthorizationCode"/>.</param>
    /// <param name="redirectUri">Where the provider sends the browser back to, as it is registered there.</param>
    /// <param name="cancellationToken">Cancels reading the account and the provider's metadata.</param>
    /// <returns>Where to send the browser, and a ticket to keep for this browser alone.</returns>
    /// <exception cref="AccountNotFoundException">There is no such account, or it is not available to the program's project.</exception>
    /// <exception cref="AccountTypeMismatchException">It is no OAuth 2 account.</exception>
    /// <exception cref="AccountValidationException">The account or the provider's registration lacks something.</exception>
    /// <exception cref="AccountUnavailableException">The provider's metadata could not be read.</exception>
    ValueTask<OAuth2Authorization> BeginAsync(string accountName, Uri redirectUri, CancellationToken cancellationToken = default);

    /// <summary>Completes a log-in: checks that the callback belongs to it, exchanges the code and keeps the tokens.</summary>
    /// <param name="callback">The URI that the browser came back to, with its query.</param>
    /// <param name="ticket">The ticket of <see cref="BeginAsync"/>, from the browser that began. It is good for ten minutes.</param>
    /// <param name="cancellationToken">Cancels the wait; the tokens may still be kept.</param>
    /// <returns>A task that ends when the tokens are kept.</returns>
    /// <exception cref="AccountAuthenticationException">The callback is another's, too late, or from another issuer (RFC 9207); or the person or the provider refused.</exception>
    /// <exception cref="AccountUnavailableException">The provider or the store did not answer.</exception>
    ValueTask CompleteAsync(Uri callback, string ticket, CancellationToken cancellationToken = default);

    /// <summary>Begins a log-in on another device (RFC 8628).</summary>
    /// <param name="accountName">The account's name; its grant is <see cref="OAuth2Grant.DeviceCode"/>.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>What to show to the person.</returns>
    /// <exception cref="AccountNotFoundException">There is no such account, or it is not available to the program's project.</exception>
    /// <exception cref="AccountTypeMismatchException">It is no OAuth 2 account.</exception>
    /// <exception cref="AccountValidationException">The account or the provider's registration lacks something.</exception>
    /// <exception cref="AccountAuthenticationException">The provider refused.</exception>
    /// <exception cref="AccountUnavailableException">The provider did not answer.</exception>
    ValueTask<OAuth2DeviceAuthorization> BeginDeviceAsync(string accountName, CancellationToken cancellationToken = default);

    /// <summary>Waits until the person has agreed, and keeps the tokens.</summary>
    /// <param name="authorization">What <see cref="BeginDeviceAsync"/> gave.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that ends when the tokens are kept.</returns>
    /// <exception cref="AccountAuthenticationException">The person refused, or was too late.</exception>
    /// <exception cref="AccountUnavailableException">The store did not answer.</exception>
    ValueTask CompleteDeviceAsync(OAuth2DeviceAuthorization authorization, CancellationToken cancellationToken = default);

    /// <summary>Gives the connector of another realm and environment.</summary>
    /// <param name="realm">The tenant.</param>
    /// <param name="environment">The environment.</param>
    /// <returns>The connector.</returns>
    /// <exception cref="ArgumentException">A part does not follow the grammar of <see cref="AccountAddress"/>.</exception>
    IOAuth2Connector For(string realm, string environment);
}
