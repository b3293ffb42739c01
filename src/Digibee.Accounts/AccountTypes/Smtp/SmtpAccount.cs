namespace Digibee.Accounts;

/// <summary>A mail server, and how to sign in there. It goes to its own host and port, and never on an HTTP message.</summary>
/// <remarks>Submission is RFC 6409, authentication RFC 4954. The package <c>Digibee.Accounts.Mail</c> sends with it. <see cref="FromProperties"/> reads settings as other platforms keep them.</remarks>
public sealed record SmtpAccount : Account
{
    /// <summary>Gets the server's host name or address.</summary>
    /// <exception cref="ArgumentException">It holds a line break or NUL, or is <see langword="null"/>.</exception>
    public required string Host
    {
        get;
        init => field = FieldGuard.SingleLine(value);
    }

    /// <summary>Gets the port: 1 to 65,535. The usual ones are 587 with <see cref="SmtpTls.StartTls"/> and 465 with <see cref="SmtpTls.Implicit"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a port.</exception>
    public required int Port
    {
        get;
        init => field = value is > 0 and <= 65_535 ? value : throw new ArgumentOutOfRangeException(nameof(Port), "A port is 1 to 65,535.");
    }

    /// <summary>Gets the user name; <see langword="null"/> to send without signing in, as without a password and a <see cref="BearerAccount"/>.</summary>
    /// <exception cref="ArgumentException">It holds a line break or NUL.</exception>
    public string? UserName
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    /// <summary>Gets the password; <see langword="null"/>, the default, for none. A save refuses one without TLS.</summary>
    /// <exception cref="ArgumentException">It holds a line break or NUL.</exception>
    public Secret? Password
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    /// <summary>Gets how the connection is protected. The default is mandatory STARTTLS.</summary>
    /// <exception cref="ArgumentException">It is none of the defined values.</exception>
    public SmtpTls Tls
    {
        get;
        init => field = FieldGuard.Defined(value);
    }

    /// <summary>Gets the SASL mechanisms that may be used; empty, the default, for the strongest both sides know. Names as registered, such as <c>SCRAM-SHA-256</c> (RFC 4422, section 3.1).</summary>
    public NameList Mechanisms
    {
        get => field ?? NameList.Empty;
        init => field = NameList.OrNull(value);
    }

    /// <summary>Gets the name of an OAuth 2, OAuth Bearer or Google Key account of the same realm and environment, whose token signs the user in, in place of a password (OAUTHBEARER, RFC 7628, or XOAUTH2); <see langword="null"/>, the default, for none.</summary>
    /// <remarks>The reference widens nothing: that account's own <see cref="Account.AllowedOrigins"/> must list the mail server, as <c>https://host:port</c>.</remarks>
    /// <exception cref="ArgumentException">It holds a line break or NUL.</exception>
    public string? BearerAccount
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    /// <summary>Gets settings of Jakarta Mail that have no property here, each as <c>name=value</c>, such as <c>mail.smtp.timeout=30000</c>; empty by default. A save refuses those that cannot be followed or would switch
    /// the server's proof off, and warns of those that nothing here knows. They are no place for a password.</summary>
    /// <value>Times in milliseconds: <c>connectiontimeout</c>, <c>timeout</c>, <c>writetimeout</c>. Names and addresses: <c>localhost</c>, <c>localaddress</c>, <c>localport</c>, <c>from</c>, <c>proxy.host</c>, <c>proxy.port</c>,
    /// <c>socks.host</c>, <c>socks.port</c>. Lists: <c>ssl.protocols</c>, <c>ssl.ciphersuites</c>, <c>dsn.notify</c>. Others: <c>dsn.ret</c>, <c>sendpartial</c>, <c>quitwait</c>, <c>auth</c>. All after <c>mail.smtp.</c>.</value>
    public NameList Properties
    {
        get => field ?? NameList.Empty;
        init => field = NameList.OrNull(value);
    }

    private protected override AccountType TypeCore => AccountType.Smtp;

    internal override IEnumerable<string> References => BearerAccount is { } bearer ? [bearer] : [];

    /// <summary>Makes an account of settings as other platforms keep them: the fields <c>HOST</c>, <c>PORT</c>, <c>USERNAME</c>, <c>PASSWORD</c>, <c>STARTTLS_ENABLE</c> and <c>AUTH</c>, or the properties of Jakarta Mail.</summary>
    /// <remarks><c>AUTH</c> is a flag or a list of mechanisms. TLS is never optional: <c>starttls.enable</c> makes it mandatory, and so does silence. What has no property of its own goes to <see cref="Properties"/>, where the save looks at it.</remarks>
    /// <param name="name">The account's name.</param>
    /// <param name="properties">The settings. Names compare without regard to case; of two that say the same thing, the later one counts.</param>
    /// <returns>The account, not saved yet.</returns>
    /// <exception cref="ArgumentException">The host is missing, or a value is not what its name promises. The message tells the name and not the value.</exception>
    public static SmtpAccount FromProperties(string name, IEnumerable<KeyValuePair<string, string>> properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        var import = new SmtpImport();
        foreach (var (key, value) in properties)
        {
            import.Add(key, value);
        }

        return import.ToAccount(name);
    }

    private protected override void InspectCore(AccountInspection inspection) => SmtpInspection.Inspect(this, inspection);
}
