namespace Digibee.Accounts;

/// <summary>Stands for an account that is used by expressions: <see cref="MessageExpressions"/> writes its values, everything else (origin, project, refusal) is as for any other.</summary>
internal sealed class AccountExpressionHandler : AccountTypeHandler
{
    public static AccountExpressionHandler Instance { get; } = new();

    public override Type AccountClrType => typeof(Account);

    public override bool SignsMessage => false;

    public override ConnectionPart? ConnectionPart => null;

    public override bool RequiresHttp11 => false;

    public override ValueTask AuthenticateAsync(AccountRequest request, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public override ValueTask<AccountVerdict> ReviewAsync(HttpResponseMessage response, AccountRequest request, CancellationToken cancellationToken) => new(AccountVerdict.Accept);

    public override IDisposable? Configure(SocketsHttpHandler handler, OpenedAccount opened, ConnectionTarget? target, AccountClientOptions options) => null;
}
