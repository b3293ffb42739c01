namespace Digibee.Accounts;

/// <summary>A mail server, and how to sign in there. Never applied to an HTTP message.</summary>
/// <remarks>Submission is RFC 6409, authentication RFC 4954.</remarks>
public sealed record SmtpAccount : Account
{
    /// <summary>Gets the server's host name or address.</summary>
    public required string Host
    {
        get;
        init => field = FieldGuard.SingleLine(value);
    }

    /// <summary>Gets the port: 1 to 65,535. The usual ones are 587 with <see cref="SmtpTls.StartTls"/> and 465 with <see cref="SmtpTls.Implicit"/>.</summary>
    public required int Port
    {
        get;
        init => field = value is > 0 and <= 65_535 ? value : throw new ArgumentOutOfRangeException(nameof(Port), "A port is 1 to 65,535.");
    }

    /// <summary>Gets the user name; <see langword="null"/> to send without signing in.</summary>
    public string? UserName
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    /// <summary>Gets the password.</summary>
    public Secret? Password
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    /// <summary>Gets how the connection is protected. The default is mandatory STARTTLS.</summary>
    public SmtpTls Tls
    {
        get;
        init => field = FieldGuard.Defined(value);
    }

    /// <summary>Gets the SASL mechanisms that may be used; empty, the default, for the strongest both sides know.</summary>
    public NameList Mechanisms
    {
        get => field ?? NameList.Empty;
        init;
    }

    private protected override AccountType TypeCore => AccountType.Smtp;

    internal override void Inspect(AccountInspection inspection)
    {
    }
}
