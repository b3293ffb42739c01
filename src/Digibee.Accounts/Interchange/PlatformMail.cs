namespace Digibee.Accounts;

/// <summary>The two fields of the platform's mail accounts that are none of ours: flags of Jakarta Mail.</summary>
internal sealed class PlatformMail
{
    public const string StartTls = "STARTTLS_ENABLE";
    public const string Auth = "AUTH";

    private const string ImplicitPort = "465";

    private bool? _startTls;
    private bool? _signsIn;
    private string? _port;

    /// <summary>Takes a field if it is one of the two; and looks at the port, by which the platform knows TLS from the first byte.</summary>
    public bool TryTake(AccountDraft draft, string name, string text)
    {
        if (AccountFieldSpelling.AreEqual(name, StartTls) || AccountFieldSpelling.AreEqual(name, "mail.smtp.starttls.enable"))
        {
            TakeStartTls(draft, text);
            return true;
        }

        if (AccountFieldSpelling.AreEqual(name, Auth) || AccountFieldSpelling.AreEqual(name, "mail.smtp.auth"))
        {
            TakeAuth(draft, text);
            return true;
        }

        if (AccountFieldSpelling.AreEqual(name, nameof(SmtpAccount.Port)))
        {
            _port = text;
        }

        return false;
    }

    /// <summary>Fills in what the fields together mean. Opportunistic TLS is what an attacker switches off, so "enable" and silence mean mandatory.</summary>
    public void Complete(AccountDraft draft)
    {
        var tls = AccountFieldSpelling.Find(AccountType.Smtp, nameof(SmtpAccount.Tls))!;
        if (!draft.Has(tls))
        {
            draft.Set(tls, (_startTls, _port) switch
            {
                (true, _) => nameof(SmtpTls.StartTls),
                (_, ImplicitPort) => nameof(SmtpTls.Implicit),
                (false, _) => nameof(SmtpTls.None),
                _ => nameof(SmtpTls.StartTls),
            });
        }

        var hasPassword = Has(nameof(SmtpAccount.Password));
        if (_signsIn == false && hasPassword)
        {
            draft.Refuse(Auth, "it says not to sign in, but there is a password. Leave one of them out.");
        }
        else if (_signsIn == true && !hasPassword && !Has(nameof(SmtpAccount.BearerAccount)))
        {
            // Or mail would go out unsigned.
            draft.Refuse(Auth, "it says to sign in, and there is nothing to do it with. Fill in PASSWORD, or leave it out.");
        }

        bool Has(string property) => draft.Has(AccountFieldSpelling.Find(AccountType.Smtp, property)!);
    }

    private void TakeStartTls(AccountDraft draft, string text)
    {
        if (bool.TryParse(text, out var flag))
        {
            _startTls = flag;
        }
        else
        {
            draft.Refuse(StartTls, "it is neither true nor false.");
        }
    }

    // The platform's documentation has it both ways: the flag, and the way the server authenticates.
    private void TakeAuth(AccountDraft draft, string text)
    {
        if (bool.TryParse(text, out var flag))
        {
            _signsIn = flag;
        }
        else
        {
            _signsIn = true;
            draft.Set(AccountFieldSpelling.Find(AccountType.Smtp, nameof(SmtpAccount.Mechanisms))!, text.ToUpperInvariant().Split([' ', ',', '\t'], StringSplitOptions.RemoveEmptyEntries));
        }
    }
}
