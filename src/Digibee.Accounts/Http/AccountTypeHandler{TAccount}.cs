namespace Digibee.Accounts;

/// <summary>The one cast from <see cref="Account"/> to the authenticator's type. No reflection, for native AOT.</summary>
internal sealed class AccountTypeHandler<TAccount>(IAccountAuthenticator<TAccount> authenticator) : AccountTypeHandler
    where TAccount : Account
{
    private readonly IAccountConnectionAuthenticator<TAccount>? _connection = authenticator as IAccountConnectionAuthenticator<TAccount>;

    public override Type AccountClrType => typeof(TAccount);

    public override bool SignsMessage => authenticator.SignsMessage;

    public override ConnectionPart? ConnectionPart => _connection?.Part;

    public override bool RequiresHttp11 => _connection?.RequiresHttp11 ?? false;

    public override ValueTask AuthenticateAsync(AccountRequest request, CancellationToken cancellationToken) =>
        authenticator.AuthenticateAsync(request, (TAccount)request.Opened.Account, cancellationToken);

    public override ValueTask<AccountVerdict> ReviewAsync(HttpResponseMessage response, AccountRequest request, CancellationToken cancellationToken) =>
        authenticator.ReviewAsync(response, request, (TAccount)request.Opened.Account, cancellationToken);

    public override IDisposable? Configure(SocketsHttpHandler handler, OpenedAccount opened, ConnectionTarget? target, AccountClientOptions options) =>
        _connection!.Configure(handler, opened, (TAccount)opened.Account, target, options);
}
