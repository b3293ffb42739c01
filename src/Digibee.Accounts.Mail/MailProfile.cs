using System.Diagnostics;
using System.Globalization;

namespace Digibee.Accounts;

/// <summary>What is derived from one revision of an SMTP account, once: its settings, and its password as MailKit takes it.</summary>
internal sealed class MailProfile
{
    private MailProfile(SmtpAccount account, SmtpSettings settings, Uri server, string host)
    {
        Account = account;
        Settings = settings;
        Server = server;
        Host = host;
        SignsIn = settings.Authenticates != false && account is { UserName: not null } and ({ Password: not null } or { BearerAccount: not null });
        Password = SignsIn && account.BearerAccount is null ? account.Password!.Reveal() : null;
    }

    public SmtpAccount Account { get; }

    public SmtpSettings Settings { get; }

    /// <summary>Gets the host as certificates have it: a name in its IDNA form, an IPv6 address without brackets.</summary>
    public string Host { get; }

    /// <summary>Gets where a token is shown, in the form in which accounts list origins.</summary>
    public Uri Server { get; }

    public bool SignsIn { get; }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? Password { get; }

    /// <exception cref="AccountTypeMismatchException">The account is of another type.</exception>
    /// <exception cref="AccountValidationException">A property cannot be followed, or the host is none.</exception>
    public static MailProfile Create(OpenedAccount opened)
    {
        var name = opened.Address.Name;
        var account = opened.Account as SmtpAccount ?? throw new AccountTypeMismatchException(
            name, $"Account '{name}' is of type {opened.Account.Type.DisplayName}, and mail is sent through one of type {AccountType.Smtp.DisplayName}. Name another account.");
        var settings = SmtpSettings.Read(account.Properties);
        if (settings.Problems.Count > 0)
        {
            throw new AccountValidationException(name, [.. settings.Problems.Select(static problem => new AccountProblem(nameof(SmtpAccount.Properties), problem))]);
        }

        var authority = account.Host.Contains(':', StringComparison.Ordinal) ? $"[{account.Host.Trim('[', ']')}]" : account.Host;
        return Uri.TryCreate(string.Create(CultureInfo.InvariantCulture, $"https://{authority}:{account.Port}"), UriKind.Absolute, out var server) && Origin.TryCreate(server, out var origin)
            ? new(account, settings, server, origin.Host)
            : throw new AccountValidationException(name, [new AccountProblem(nameof(SmtpAccount.Host), "it has no form that can be looked up. Correct it.")]);
    }
}
