namespace Digibee.Accounts;

/// <summary>Signs URIs and forms that somebody else will send: whoever holds one acts with the account's permissions until it ends, so hand it out as you would a password. Safe for concurrent use.</summary>
/// <remarks>"Authenticating requests: using query parameters" in the Amazon S3 API Reference. Registered by <c>AddDigibeeAccounts</c>; without dependency injection it is <see cref="DigibeeAccounts.AwsV4Presigner"/>.</remarks>
public interface IAwsV4Presigner
{
    /// <summary>Signs a request in its query. Nothing is sent, and the message is not changed.</summary>
    /// <remarks>For S3 the body is left unsigned, because whoever signs does not know it; for all other services the body of <paramref name="request"/>, or else an empty one, is signed.</remarks>
    /// <param name="name">The name of an AWS V4 account in the program's own realm and environment.</param>
    /// <param name="request">Method, absolute URI, the headers to sign (as when it is sent), and the body, if it is signed.</param>
    /// <param name="lifetime">How long the URI works from now on: 1 second to 7 days, in whole seconds (a fraction is cut off). Some services allow less.</param>
    /// <param name="options">How to sign, and where the account may go; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Cancels the look-up of the account and the reading of the body.</param>
    /// <returns>The URI, what has to be sent with it, and when it ends.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The lifetime is out of its range.</exception>
    /// <exception cref="AccountNotFoundException">There is no such account.</exception>
    /// <exception cref="AccountOriginException">The account may not go to the URI's origin.</exception>
    /// <exception cref="AccountTypeMismatchException">It is not an AWS V4 account.</exception>
    /// <exception cref="AccountValidationException">Neither the options nor the account nor the host tell the service or the region.</exception>
    /// <exception cref="AccountUnavailableException">The request brings parts of a signature along, or cannot be signed without guessing; or the store cannot be reached.</exception>
    ValueTask<AwsV4PresignedRequest> PresignAsync(
        string name, HttpRequestMessage request, TimeSpan lifetime, AwsV4PresignOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Signs a form with which a browser uploads one file to S3 (a POST policy). Nothing is sent.</summary>
    /// <param name="name">The name of an AWS V4 account in the program's own realm and environment.</param>
    /// <param name="uri">Where the form is posted: the bucket's absolute URI.</param>
    /// <param name="policy">What may be uploaded.</param>
    /// <param name="lifetime">How long the form works from now on: 1 second to 7 days, in whole seconds (a fraction is cut off).</param>
    /// <param name="options">Service and region, and where the account may go; <see langword="null"/> for the defaults. A session token is always signed.</param>
    /// <param name="cancellationToken">Cancels the look-up of the account.</param>
    /// <returns>The fields of the form, and when it ends.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The lifetime is out of its range.</exception>
    /// <exception cref="ArgumentException">The policy names no bucket or no key, or the options ask for Signature Version 4A.</exception>
    /// <exception cref="AccountNotFoundException">There is no such account.</exception>
    /// <exception cref="AccountOriginException">The account may not go to the URI's origin.</exception>
    /// <exception cref="AccountTypeMismatchException">It is not an AWS V4 account.</exception>
    /// <exception cref="AccountValidationException">Neither the options nor the account nor the host tell the service or the region.</exception>
    /// <exception cref="AccountUnavailableException">The store cannot be reached.</exception>
    ValueTask<AwsV4PresignedPost> PresignPostAsync(
        string name, Uri uri, AwsV4PostPolicy policy, TimeSpan lifetime, AwsV4PresignOptions? options = null, CancellationToken cancellationToken = default);
}
