using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

/// <summary>Gives the HTTP pipeline accounts of any realm and environment, on behalf of any project.</summary>
internal sealed class VaultAccountSource(VaultParts parts, IOptions<DigibeeAccountsOptions> options) : IAccountSource
{
    public string DefaultRealm { get; } = options.Value.Realm;

    public string DefaultEnvironment { get; } = options.Value.Environment;

    public string? DefaultProject { get; } = options.Value.Project;

    public ValueTask<OpenedAccount> OpenAsync(AccountAddress address, string? project, CancellationToken cancellationToken) =>
        (parts.Scopes.Current?.Find(address.Partition, address.Name) ?? parts.Opener.Find(address)) is { } opened
            ? new(ProjectRule.Demand(opened, project))
            : ReadAsync(address, project, cancellationToken);

    public ValueTask<OpenedAccount> ReopenAsync(OpenedAccount opened, string? project, CancellationToken cancellationToken) =>
        (opened.IsScoped ? opened : parts.Opener.Find(opened.Address)) is { } current
            ? new(ProjectRule.Demand(current, project))
            : ReadAsync(opened.Address, project, cancellationToken);

    private async ValueTask<OpenedAccount> ReadAsync(AccountAddress address, string? project, CancellationToken cancellationToken) =>
        ProjectRule.Demand(await parts.Opener.OpenAsync(address, cancellationToken).ConfigureAwait(false), project);
}
