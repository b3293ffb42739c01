using System.Diagnostics;

namespace Digibee.Accounts;

/// <summary>What is derived from one revision of an SMTP account, once: its settings, and its password as MailKit takes it.</summary>
internal sealed class MailProfile
{
    private MailProfile(SmtpAccount account, SmtpSettings settings)
    {
        Account = account;
        Settings = settings;
        Server = new UriBuilder(Uri.UriSchemeHttps, account.Host, account.Port).Uri;

        // An IPv6 address without brackets, a name in its IDNA form: as the certificate has it.
        Host = Server.IdnHost;
        SignsIn = settings.Authenticates != false && account is { UserName: not null } and ({ Password: not null } or { BearerAccount: not null });
        Password = SignsIn && account.BearerAccount is null ? account.Password!.Reveal() : null;
    }

    public SmtpAccount Account { get; }

    public SmtpSettings Settings { get; }

    public string Host { get; }

    /// <summary>Gets where a token is shown, in the form in which accounts list origins.</summary>
    public Uri Server { get; }

    public bool SignsIn { get; }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? Password { get; }

    /// <exception cref="AccountTypeMismatchException">The account is of another type.</exception>
    /// <exception cref="AccountValidationException">A property cannot be followed.</exception>
    public static MailProfile Create(OpenedAccount opened)
    {
        var name = opened.Address.Name;
        var account = opened.Account as SmtpAccount ?? throw new AccountTypeMismatchException(
            name, $"Account '{name}' is of type {opened.Account.Type.DisplayName}, and mail is sent through one of type {AccountType.Smtp.DisplayName}. Name another account.");
        var settings = SmtpSettings.Read(account.Properties);
        return settings.Problems.Count == 0
            ? new(account, settings)
            : throw new AccountValidationException(name, [.. settings.Problems.Select(static problem => new AccountProblem(nameof(SmtpAccount.Properties), problem))]);
    }
}
