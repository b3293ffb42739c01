using System.Buffers;

namespace Digibee.Accounts;

/// <summary>A mail server, and how to sign in there. Never applied to an HTTP message.</summary>
/// <remarks>Submission is RFC 6409, authentication RFC 4954.</remarks>
public sealed record SmtpAccount : Account
{
    private static readonly SearchValues<char> MechanismCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

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
        init => field = NameList.OrNull(value);
    }

    private protected override AccountType TypeCore => AccountType.Smtp;

    private protected override void InspectCore(AccountInspection inspection)
    {
        if (inspection.Require(Host) && !HostSyntax.IsHost(Host))
        {
            inspection.Refuse(nameof(Host), "it is not a host name or address. Give the name alone: no scheme, no port, no slash.");
        }

        InspectLogin(inspection);
        InspectMechanisms(inspection);
        WarnOfPort(inspection);
        if (AllowedOrigins.Count > 0)
        {
            inspection.Warn(nameof(AllowedOrigins), "they have no effect: this type goes to its own host and port, and never on an HTTP message.");
        }
    }

    private void InspectLogin(AccountInspection inspection)
    {
        inspection.Allow(UserName);
        if (!inspection.Allow(Password))
        {
            return;
        }

        if (UserName is null)
        {
            inspection.Refuse(nameof(UserName), "there is a password, but nobody it belongs to. Fill it in, or leave the password out.");
        }

        if (Tls == SmtpTls.None)
        {
            inspection.Refuse(nameof(Tls), "a password is never sent in clear text. Choose StartTls or Implicit, or leave the password out.");
        }
    }

    private void InspectMechanisms(AccountInspection inspection)
    {
        inspection.Allow(Mechanisms);
        for (var i = 0; i < Mechanisms.Count; i++)
        {
            if (Mechanisms[i].Length > 20 || Mechanisms[i].AsSpan().ContainsAnyExcept(MechanismCharacters))
            {
                inspection.Refuse(nameof(Mechanisms), $"entry {i + 1} is not the name of a SASL mechanism: 1 to 20 of A-Z, 0-9, '-' and '_' (RFC 4422, section 3.1), such as PLAIN.");
            }
        }
    }

    private void WarnOfPort(AccountInspection inspection)
    {
        if (Port == 465 && Tls != SmtpTls.Implicit)
        {
            inspection.Warn(nameof(Tls), "servers expect TLS from the first byte at port 465: Implicit.");
        }
        else if (Port is 25 or 587 && Tls == SmtpTls.Implicit)
        {
            inspection.Warn(nameof(Tls), "servers expect STARTTLS at ports 25 and 587: StartTls.");
        }
    }
}
