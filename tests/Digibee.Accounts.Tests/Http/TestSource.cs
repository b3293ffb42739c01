namespace Digibee.Accounts;

/// <summary>What stands for the vault where a real one cannot be made to fail, to wait or to be in a scope.</summary>
internal sealed class TestSource(Func<AccountAddress, string?, CancellationToken, ValueTask<OpenedAccount>> open) : IAccountSource
{
    public string DefaultRealm => "default";

    public string DefaultEnvironment => "test";

    public string? DefaultProject { get; init; }

    public static OpenedAccount Opened(Account account, bool isScoped = false) => new(new AccountAddress("default", "test", account.Name), revision: 1, account, isScoped ? TestScopes.Numbered(1) : null);

    public ValueTask<OpenedAccount> OpenAsync(AccountAddress address, string? project, CancellationToken cancellationToken) => open(address, project, cancellationToken);

    public ValueTask<OpenedAccount> ReopenAsync(OpenedAccount opened, string? project, CancellationToken cancellationToken) => open(opened.Address, project, cancellationToken);

    /// <summary>Gives a client whose accounts come from here, with the authenticators of the library.</summary>
    public HttpClient CreateClient(HttpMessageHandler primary, string[] accounts, Action<AccountClientOptions>? configure = null)
    {
        AccountTypeHandler[] types =
        [
            new AccountTypeHandler<AwsV4Account>(new AwsV4Authenticator(new AwsV4Clocks(TimeProvider.System))),
            new AccountTypeHandler<BasicAccount>(new BasicAuthenticator()),
            new AccountTypeHandler<CustomAuthHeaderAccount>(new CustomAuthHeaderAuthenticator()),
            new AccountTypeHandler<OAuthBearerAccount>(new OAuthBearerAuthenticator()),
            new AccountTypeHandler<ApiKeyAccount>(new ApiKeyAuthenticator()),
        ];
        return new(new AccountHandler(new AccountClient(TestPipeline.Create(this, types), "test", accounts, configure), primary));
    }
}
