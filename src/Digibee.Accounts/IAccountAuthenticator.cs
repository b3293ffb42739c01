namespace Digibee.Accounts;

/// <summary>Applies one account type to an outgoing message. Stateless; safe for concurrent use.</summary>
/// <typeparam name="TAccount">The account type.</typeparam>
public interface IAccountAuthenticator<in TAccount>
    where TAccount : Account
{
    /// <summary>Gets whether it signs what others have set; such authenticators run last. The default is <see langword="false"/>.</summary>
    bool SignsMessage => false;

    /// <summary>Puts the proof on, through <paramref name="request"/> only. Called again for each attempt, and for each redirect to the same origin or to one that is listed literally.</summary>
    /// <param name="request">The message as it will be sent, with the account's revision and the number of the attempt.</param>
    /// <param name="account">The account to prove.</param>
    /// <param name="cancellationToken">Cancels a token request; a local signature ignores it.</param>
    /// <returns>A task that ends when the message is ready to send.</returns>
    /// <exception cref="AccountAuthenticationException">The identity provider refused the account.</exception>
    ValueTask AuthenticateAsync(AccountRequest request, TAccount account, CancellationToken cancellationToken);

    /// <summary>Judges the answer: accept it, ask for one repetition, or throw to refuse it. The default accepts.</summary>
    /// <param name="response">The answer, its body unread.</param>
    /// <param name="request">The message as it was sent.</param>
    /// <param name="account">The account that was proved.</param>
    /// <param name="cancellationToken">Cancels what the judgement has to read.</param>
    /// <returns>The verdict.</returns>
    ValueTask<AccountVerdict> ReviewAsync(HttpResponseMessage response, AccountRequest request, TAccount account, CancellationToken cancellationToken) =>
        ValueTask.FromResult(AccountVerdict.Accept);
}
