using System.Diagnostics;
using Amazon.Runtime;

namespace Digibee.Accounts;

/// <summary>An account by name, asked for at each request.</summary>
[DebuggerDisplay("Account {_name}")]
internal sealed class AwsAccountCredentials(IAccountVault vault, string name) : AWSCredentials
{
    private readonly string _name = name;

    public override ImmutableCredentials GetCredentials() => Of(Blocking.Wait(vault.OpenAsync(_name))).Value;

    public override Task<ImmutableCredentials> GetCredentialsAsync()
    {
        var opening = vault.OpenAsync(_name);
        return opening.IsCompletedSuccessfully ? Of(opening.Result).Task : OpenAsync(opening);
    }

    private static async Task<ImmutableCredentials> OpenAsync(ValueTask<OpenedAccount> opening) => Of(await opening.ConfigureAwait(false)).Value;

    private static AwsRevisionCredentials Of(OpenedAccount opened) => opened.GetOrAddState(AwsRevisionCredentials.Create);
}
