using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;

namespace Digibee.Accounts;

/// <summary>Jakarta Mail's properties, as far as they have no property on the account: read from <c>name=value</c> entries.</summary>
/// <remarks>Their meaning: https://jakarta.ee/specifications/mail/2.1/apidocs/jakarta.mail/com/sun/mail/smtp/package-summary.html.</remarks>
internal sealed class SmtpSettings
{
    private const string Prefix = "mail.smtp.";
    private const string ImplicitPrefix = "mail.smtps.";
    private const int LongestName = 64;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-_");

    private readonly List<string> _problems = [];
    private readonly List<string> _warnings = [];

    private SmtpSettings()
    {
    }

    /// <summary>Gets what stops a save: sentences that name the property and never its value.</summary>
    public IReadOnlyList<string> Problems => _problems;

    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Gets <c>mail.smtp.auth</c>; <see langword="null"/> when nothing is said.</summary>
    public bool? Authenticates { get; private set; }

    public TimeSpan? ConnectTimeout { get; private set; }

    /// <summary>Gets how long a read or write may take: the longer of the two that Jakarta Mail tells apart.</summary>
    public TimeSpan? Timeout { get; private set; }

    /// <summary>Gets the name to greet the server with.</summary>
    public string? LocalHost { get; private set; }

    public IPAddress? LocalAddress { get; private set; }

    public int LocalPort { get; private set; }

    /// <summary>Gets the envelope's sender, in place of the message's.</summary>
    public string? From { get; private set; }

    /// <summary>Gets whether a message goes to the recipients that the server takes, though it refused others.</summary>
    public bool SendsPartially { get; private set; }

    /// <summary>Gets whether the server's farewell is waited for.</summary>
    public bool QuitsPolitely { get; private set; } = true;

    /// <summary>Gets when to be told of the delivery (RFC 3461): words of NEVER, SUCCESS, FAILURE, DELAY.</summary>
    public string[] NotifyOn { get; private set; } = [];

    /// <summary>Gets whether a notification returns the whole message and not its head; <see langword="null"/> for the server's way.</summary>
    public bool? ReturnsWhole { get; private set; }

    public string? ProxyHost { get; private set; }

    public int ProxyPort { get; private set; } = 80;

    public string? SocksHost { get; private set; }

    public int SocksPort { get; private set; } = 1080;

    /// <summary>Gets the versions of TLS; none for the platform's choice.</summary>
    public SslProtocols Protocols { get; private set; }

    public TlsCipherSuite[] CipherSuites { get; private set; } = [];

    public static SmtpSettings Read(NameList properties)
    {
        var settings = new SmtpSettings();
        for (var i = 0; i < properties.Count; i++)
        {
            var equals = properties[i].IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? "" : Normalize(properties[i][..equals], out _);
            if (!name.StartsWith("mail.", StringComparison.Ordinal) || name.Length > LongestName || name.AsSpan().ContainsAnyExcept(NameCharacters))
            {
                // What is no property may be a secret: nothing of it is repeated.
                settings._problems.Add($"entry {i + 1} is not mail.smtp.name=value. Correct it, or leave it out.");
                continue;
            }

            settings.Set(name, properties[i][(equals + 1)..].Trim());
        }

        return settings;
    }

    /// <summary>Gives a property's name in the one form they compare in.</summary>
    /// <param name="name">The name as it is written.</param>
    /// <param name="isImplicit">Whether it is one of the protocol with TLS from the first byte, which has names of its own for the same things.</param>
    public static string Normalize(string name, out bool isImplicit)
    {
        var lower = name.Trim().ToLowerInvariant();
        isImplicit = lower.StartsWith(ImplicitPrefix, StringComparison.Ordinal);
        return isImplicit ? Prefix + lower[ImplicitPrefix.Length..] : lower;
    }

    private void Set(string name, string value)
    {
        var problem = name switch
        {
            "mail.smtp.auth" => SmtpValues.Flag(value, out var flag) ?? Take(() => Authenticates = flag),
            "mail.smtp.connectiontimeout" => SmtpValues.Milliseconds(value, out var time) ?? Take(() => ConnectTimeout = time),
            "mail.smtp.timeout" or "mail.smtp.writetimeout" => SmtpValues.Milliseconds(value, out var time) ?? Take(() => Timeout = Timeout > time ? Timeout : time),
            "mail.smtp.localhost" => SmtpValues.Host(value) ?? Take(() => LocalHost = value),
            "mail.smtp.localaddress" => SmtpValues.Address(value, out var address) ?? Take(() => LocalAddress = address),
            "mail.smtp.localport" => SmtpValues.Port(value, out var port) ?? Take(() => LocalPort = port),
            "mail.smtp.from" or "mail.from" => SmtpValues.Mailbox(value) ?? Take(() => From = value),
            "mail.smtp.sendpartial" => SmtpValues.Flag(value, out var flag) ?? Take(() => SendsPartially = flag),
            "mail.smtp.quitwait" => SmtpValues.Flag(value, out var flag) ?? Take(() => QuitsPolitely = flag),
            "mail.smtp.dsn.notify" => SmtpValues.Notifications(value, out var words) ?? Take(() => NotifyOn = words),
            "mail.smtp.dsn.ret" => SmtpValues.Return(value, out var isWhole) ?? Take(() => ReturnsWhole = isWhole),
            "mail.smtp.proxy.host" => SmtpValues.Host(value) ?? Take(() => ProxyHost = value),
            "mail.smtp.proxy.port" => SmtpValues.Port(value, out var port) ?? Take(() => ProxyPort = port),
            "mail.smtp.socks.host" => SmtpValues.Host(value) ?? Take(() => SocksHost = value),
            "mail.smtp.socks.port" => SmtpValues.Port(value, out var port) ?? Take(() => SocksPort = port),
            "mail.smtp.ssl.protocols" => SmtpValues.Protocols(value, out var protocols) ?? Take(() => Protocols = protocols),
            "mail.smtp.ssl.ciphersuites" => SmtpValues.CipherSuites(value, out var suites) ?? Take(() => CipherSuites = suites),
            "mail.smtp.ssl.checkserveridentity" => SmtpValues.Flag(value, out var flag) ?? (flag ? null : "is false, and the server's name is always checked. Leave it out."),
            "mail.smtp.ssl.trust" => "would trust servers without proof. Leave it out; for an authority of your own, give its certificate to the program (AccountMailOptions.TrustedRoots).",
            "mail.smtp.host" or "mail.smtp.port" or "mail.smtp.user" or "mail.smtp.auth.mechanisms" or "mail.smtp.starttls.enable" or "mail.smtp.starttls.required" or "mail.smtp.ssl.enable" =>
                "has a property of its own on the account. Write it there, or make the account with SmtpAccount.FromProperties.",
            _ => Unknown(name),
        };
        if (problem is not null)
        {
            _problems.Add($"{name} {problem}");
        }
    }

    private string? Unknown(string name)
    {
        if (name.Contains("password", StringComparison.Ordinal) || name.Contains("secret", StringComparison.Ordinal))
        {
            return "is named as a secret is, and this is no place for one. Leave it out.";
        }

        _warnings.Add($"{name} is not known here, so it has no effect. Leave it out.");
        return null;
    }

    private static string? Take<T>(Func<T> set)
    {
        set();
        return null;
    }
}
