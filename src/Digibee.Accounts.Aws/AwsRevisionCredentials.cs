using System.Diagnostics;
using Amazon.Runtime;

namespace Digibee.Accounts;

/// <summary>One revision of an account, as the SDK takes credentials. Made once, and gone with the revision.</summary>
internal sealed class AwsRevisionCredentials
{
    private AwsRevisionCredentials(ImmutableCredentials value)
    {
        Value = value;
        Task = System.Threading.Tasks.Task.FromResult(value);
    }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public ImmutableCredentials Value { get; }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public Task<ImmutableCredentials> Task { get; }

    /// <exception cref="AccountTypeMismatchException">The account is of another type.</exception>
    public static AwsRevisionCredentials Create(OpenedAccount opened)
    {
        var account = opened.Account as AwsV4Account ?? throw new AccountTypeMismatchException(
            opened.Account.Name,
            $"Account '{opened.Account.Name}' is of type {opened.Account.Type.DisplayName}, and a client of the AWS SDK needs one of type {AccountType.AwsV4.DisplayName}. Name another account.");
        return new(new ImmutableCredentials(account.AccessKeyId, account.SecretAccessKey.Reveal(), account.SessionToken?.Reveal()));
    }
}
