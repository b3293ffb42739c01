using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>Gives the mailer to programs without dependency injection.</summary>
public static class AccountMailExtensions
{
    /// <summary>Gets the mailer of the program's own realm and environment.</summary>
    /// <param name="accounts">The accounts. They were created with <c>AddMail()</c>.</param>
    /// <returns>The mailer, the same at each call.</returns>
    /// <exception cref="InvalidOperationException"><c>AddMail()</c> was not called.</exception>
    public static IAccountMailer GetMailer(this DigibeeAccounts accounts)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        return accounts.Services.GetService<IAccountMailer>()
            ?? throw new InvalidOperationException("There is no mailer: call AddMail() on the builder, DigibeeAccounts.Create(builder => builder.AddMail()…).");
    }
}
