namespace Digibee.Accounts;

/// <summary>An authenticator, seen without its type argument: one for each account type that goes on HTTP messages.</summary>
internal abstract class AccountTypeHandler
{
    public abstract Type AccountClrType { get; }

    public abstract bool SignsMessage { get; }

    public abstract ValueTask AuthenticateAsync(AccountRequest request, CancellationToken cancellationToken);

    public abstract ValueTask<AccountVerdict> ReviewAsync(HttpResponseMessage response, AccountRequest request, CancellationToken cancellationToken);
}
