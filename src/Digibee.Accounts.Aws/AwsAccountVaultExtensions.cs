using Amazon.Runtime;

namespace Digibee.Accounts;

/// <summary>Gives accounts to clients of the AWS SDK.</summary>
public static class AwsAccountVaultExtensions
{
    /// <summary>Gives an AWS V4 account as credentials for a client of the AWS SDK. They hold the name and ask the vault at each request, so that a saved change signs the next one. Safe for concurrent use.</summary>
    /// <remarks>The SDK's client decides where it sends: the account's <see cref="Account.AllowedOrigins"/>, service and region are for <see cref="HttpClient"/> and are not checked here. What the SDK is given are strings,
    /// made once for each revision; they live until the garbage collector takes them. Requests fail with the exceptions of <see cref="IAccountVault.OpenAsync"/>, and with
    /// <see cref="AccountTypeMismatchException"/> when the account is of another type.</remarks>
    /// <param name="vault">The vault. For another realm or environment, that of <see cref="IAccountVault.For"/>.</param>
    /// <param name="name">The account's name. It need not exist yet.</param>
    /// <returns>The credentials. Use one instance for any number of clients.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static AWSCredentials GetAwsCredentials(this IAccountVault vault, string name)
    {
        ArgumentNullException.ThrowIfNull(vault);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new AwsAccountCredentials(vault, name);
    }
}
