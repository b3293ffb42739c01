using System.Globalization;

namespace Digibee.Accounts;

/// <summary>Settings of a mail server on their way into an account: the platform's fields, and Jakarta Mail's properties.</summary>
internal sealed class SmtpImport
{
    private const int DefaultPort = 25;
    private const int ImplicitPort = 465;

    private static readonly char[] Separators = [' ', ',', '\t'];

    private readonly List<string> _rest = [];
    private string? _host;
    private string? _userName;
    private Secret? _password;
    private int? _port;
    private bool _isSmtps;
    private bool? _ssl;
    private bool? _startTls;
    private bool? _authenticates;
    private bool _requiresStartTls;
    private NameList _mechanisms = NameList.Empty;

    /// <exception cref="ArgumentException">The value is not what the name promises.</exception>
    public void Add(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        var known = SmtpSettings.Normalize(name, out var isImplicit);
        _isSmtps |= isImplicit;
        if (!AddServer(known, name, value) && !AddLogin(known, name, value))
        {
            AddRest(known, name, value);
        }
    }

    public SmtpAccount ToAccount(string name) => new()
    {
        Name = name,
        Host = _host ?? throw new ArgumentException("There is no host among the properties: HOST or mail.smtp.host."),
        Port = _port ?? (IsImplicit ? ImplicitPort : DefaultPort),
        UserName = _userName,
        Password = _password,
        Tls = Tls,
        Mechanisms = _mechanisms,
        Properties = [.. Authentication, .. _rest],
    };

    private bool IsImplicit => _ssl ?? _isSmtps;

    // "true" says what a login does, so it is kept only where there is none: the save then refuses it, rather than send unsigned.
    private string[] Authentication => _authenticates switch
    {
        false => ["mail.smtp.auth=false"],
        true when _password is null => ["mail.smtp.auth=true"],
        _ => [],
    };

    // Opportunistic TLS is what an attacker switches off, so "enable" and silence mean mandatory; only an explicit "false" means none.
    private SmtpTls Tls => IsImplicit ? SmtpTls.Implicit
        : _requiresStartTls || _startTls == true ? SmtpTls.StartTls
        : _port == ImplicitPort ? SmtpTls.Implicit
        : _startTls is null ? SmtpTls.StartTls
        : SmtpTls.None;

    private bool AddServer(string known, string name, string value)
    {
        switch (known)
        {
            case "host" or "mail.host" or "mail.smtp.host":
                _host = value.Trim();
                return true;
            case "port" or "mail.smtp.port":
                _port = int.TryParse(value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65_535 ? port : throw Wrong(name, "a port, 1 to 65,535");
                return true;
            case "starttls_enable" or "mail.smtp.starttls.enable":
                _startTls = Flag(name, value);
                return true;
            case "mail.smtp.starttls.required":
                _requiresStartTls = Flag(name, value);
                return true;
            case "mail.smtp.ssl.enable":
                _ssl = Flag(name, value);
                return true;
            case "mail.transport.protocol":
                _isSmtps |= value.Trim().ToLowerInvariant() switch { "smtps" => true, "smtp" => false, _ => throw Wrong(name, "smtp or smtps") };
                return true;
            default:
                return false;
        }
    }

    private bool AddLogin(string known, string name, string value)
    {
        switch (known)
        {
            case "username" or "user" or "mail.user" or "mail.smtp.user" or "mail.smtp.username":
                _userName = value.Length == 0 ? null : value;
                return true;
            case "password" or "mail.password" or "mail.smtp.password":
                _password = value.Length == 0 ? null : new Secret(value);
                return true;
            case "auth" or "mail.smtp.auth":
                AddAuth(value);
                return true;
            case "mail.smtp.auth.mechanisms":
                _mechanisms = ListOf(value);
                return true;
            default:
                // A text that nothing here knows as a password would be kept where it is printed.
                return known.Contains("password", StringComparison.Ordinal) || known.Contains("secret", StringComparison.Ordinal)
                    ? throw new ArgumentException("One of the properties is named as a secret is, and is not PASSWORD. Leave it out.")
                    : false;
        }
    }

    // The platform's documentation has it both ways: the flag of Jakarta Mail, and the way the server authenticates.
    private void AddAuth(string value)
    {
        if (bool.TryParse(value, out var authenticates))
        {
            _authenticates = authenticates;
        }
        else
        {
            _mechanisms = ListOf(value);
            _authenticates = true;
        }
    }

    private void AddRest(string known, string name, string value) =>
        _rest.Add(name.AsSpan().ContainsAny('\r', '\n', '\0') || value.AsSpan().ContainsAny('\r', '\n', '\0')
            ? throw new ArgumentException("One of the properties holds a line break or NUL, which can never be right here.")
            : $"{(known.StartsWith("mail.", StringComparison.Ordinal) ? known : name)}={value}");

    private static NameList ListOf(string value) => [.. value.ToUpperInvariant().Split(Separators, StringSplitOptions.RemoveEmptyEntries)];

    private static bool Flag(string name, string value) => bool.TryParse(value, out var flag) ? flag : throw Wrong(name, "true or false");

    private static ArgumentException Wrong(string name, string what) => new($"The value of {name} is not {what}.");
}
