using System.Buffers;

namespace Digibee.Accounts;

/// <summary>What a save checks of a mail server's account.</summary>
internal static class SmtpInspection
{
    private const string UserName = nameof(SmtpAccount.UserName);
    private const string Mechanisms = nameof(SmtpAccount.Mechanisms);

    private static readonly SearchValues<char> MechanismCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    public static void Inspect(SmtpAccount account, AccountInspection inspection)
    {
        if (inspection.Require(account.Host, nameof(account.Host)) && !HostSyntax.IsHost(account.Host))
        {
            inspection.Refuse(nameof(account.Host), "it is not a host name or address. Give the name alone: no scheme, no port, no slash.");
        }

        InspectLogin(account, inspection);
        InspectBearer(account, inspection);
        InspectMechanisms(account, inspection);
        InspectProperties(account, inspection);
        WarnOfPort(account, inspection);
        if (account.AllowedOrigins.Count > 0)
        {
            inspection.Warn(nameof(account.AllowedOrigins), "they have no effect: this type goes to its own host and port, and never on an HTTP message.");
        }
    }

    private static void InspectLogin(SmtpAccount account, AccountInspection inspection)
    {
        inspection.Allow(account.UserName, UserName);
        if (!inspection.Allow(account.Password, nameof(account.Password)))
        {
            if (account is { UserName: not null, Password: null, BearerAccount: null })
            {
                inspection.Warn(UserName, "nothing proves the user, so mail is sent without signing in. Fill in Password or BearerAccount, or leave the user out.");
            }

            return;
        }

        if (account.UserName is null)
        {
            inspection.Refuse(UserName, "there is a password, but nobody it belongs to. Fill it in, or leave the password out.");
        }

        RefuseClearText(account, inspection, "a password");
    }

    private static void InspectBearer(SmtpAccount account, AccountInspection inspection)
    {
        if (!inspection.Allow(account.BearerAccount, nameof(account.BearerAccount)))
        {
            return;
        }

        if (!AccountAddress.IsPart(account.BearerAccount))
        {
            inspection.Refuse(nameof(account.BearerAccount), $"it is no account's name: {AccountAddress.Grammar}. Give the name alone.");
        }

        if (account.Password is not null)
        {
            inspection.Warn(nameof(account.Password), "it is not used: the token of BearerAccount signs in. Leave one out.");
        }

        if (account.UserName is null)
        {
            inspection.Refuse(UserName, "a token signs a user in. Fill it in: the mailbox's address, as a rule.");
        }
        else if (account.UserName.AsSpan().ContainsAny(',', '=') || account.UserName.Any(char.IsControl))
        {
            // They part the fields of the messages of OAUTHBEARER and XOAUTH2 (RFC 7628, section 3.1): what stands behind them would be another field.
            inspection.Refuse(UserName, "with a token it cannot hold a comma, an equals sign or a control character.");
        }

        if (account.Password is null)
        {
            RefuseClearText(account, inspection, "a token");
        }
    }

    private static void RefuseClearText(SmtpAccount account, AccountInspection inspection, string what)
    {
        if (account.Tls == SmtpTls.None)
        {
            inspection.Refuse(nameof(account.Tls), $"{what} is never sent in clear text. Choose StartTls or Implicit, or leave it out.");
        }
    }

    private static void InspectMechanisms(SmtpAccount account, AccountInspection inspection)
    {
        if (!inspection.Allow(account.Mechanisms, Mechanisms))
        {
            return;
        }

        var withToken = 0;
        for (var i = 0; i < account.Mechanisms.Count; i++)
        {
            var mechanism = account.Mechanisms[i];
            withToken += mechanism is "XOAUTH2" or "OAUTHBEARER" ? 1 : 0;
            if (mechanism.Length > 20 || mechanism.AsSpan().ContainsAnyExcept(MechanismCharacters))
            {
                inspection.Refuse(Mechanisms, $"entry {i + 1} is not the name of a SASL mechanism: 1 to 20 of A-Z, 0-9, '-' and '_' (RFC 4422, section 3.1), such as PLAIN.");
            }
        }

        if (account.Mechanisms.Count > 0 && account.BearerAccount is not null && withToken == 0)
        {
            inspection.Refuse(Mechanisms, "none of them takes the token of BearerAccount. Name OAUTHBEARER or XOAUTH2, or leave them out.");
        }
        else if (account.Mechanisms.Count > 0 && account is { Password: not null, BearerAccount: null } && withToken == account.Mechanisms.Count)
        {
            inspection.Refuse(Mechanisms, "they take a token, and there is a password. Name an account in BearerAccount in its place.");
        }
    }

    private static void InspectProperties(SmtpAccount account, AccountInspection inspection)
    {
        if (!inspection.Allow(account.Properties, nameof(account.Properties)))
        {
            return;
        }

        var settings = SmtpSettings.Read(account.Properties);
        foreach (var problem in settings.Problems)
        {
            inspection.Refuse(nameof(account.Properties), problem);
        }

        foreach (var warning in settings.Warnings)
        {
            inspection.Warn(nameof(account.Properties), warning);
        }

        var signsIn = account.Password is not null || account.BearerAccount is not null;
        if (settings.Authenticates == true && !signsIn)
        {
            inspection.Refuse(nameof(account.Properties), "mail.smtp.auth is true, and there is nothing to sign in with. Fill in UserName and Password, or BearerAccount.");
        }
        else if (settings.Authenticates == false && signsIn)
        {
            inspection.Warn(nameof(account.Properties), "mail.smtp.auth is false, so mail is sent without signing in, and the password or token is not used.");
        }
    }

    private static void WarnOfPort(SmtpAccount account, AccountInspection inspection)
    {
        if (account.Port == 465 && account.Tls != SmtpTls.Implicit)
        {
            inspection.Warn(nameof(account.Tls), "servers expect TLS from the first byte at port 465: Implicit.");
        }
        else if (account.Port is 25 or 587 && account.Tls == SmtpTls.Implicit)
        {
            inspection.Warn(nameof(account.Tls), "servers expect STARTTLS at ports 25 and 587: StartTls.");
        }
    }
}
