using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;

namespace Digibee.Accounts;

/// <summary>Values of Jakarta Mail's properties. Each gives the end of a sentence about what is wrong, and <see langword="null"/> when nothing is.</summary>
internal static class SmtpValues
{
    private const int LongestMilliseconds = 3_600_000;

    private static readonly char[] Separators = [' ', ',', '\t'];

    public static string? Flag(string value, out bool flag) => bool.TryParse(value, out flag) ? null : "is neither true nor false.";

    public static string? Milliseconds(string value, out TimeSpan time)
    {
        var isTime = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds is > 0 and <= LongestMilliseconds;
        time = TimeSpan.FromMilliseconds(milliseconds);
        return isTime ? null : "is not 1 to 3,600,000 milliseconds. Without a limit there is one all the same: leave it out for that.";
    }

    public static string? Port(string value, out int port) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= 65_535 ? null : "is not a port, 1 to 65,535.";

    public static string? Host(string value) => HostSyntax.IsHost(value) ? null : "is not a host name or address.";

    public static string? Address(string value, out IPAddress? address) => IPAddress.TryParse(value, out address) ? null : "is not an address of this machine.";

    // Enough that it cannot end the command it stands in (RFC 5321, section 4.1.2); the rest is the server's to judge.
    public static string? Mailbox(string value) =>
        value.IndexOf('@', StringComparison.Ordinal) > 0 && !value.EndsWith('@') && !value.AsSpan().ContainsAny("<> \"") && !value.Any(char.IsControl) ? null : "is not a mailbox: name@domain, and nothing around it.";

    public static string? Notifications(string value, out string[] words)
    {
        words = value.ToUpperInvariant().Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        var isNever = words is ["NEVER"];
        return words.Length > 0 && (isNever || Array.TrueForAll(words, static word => word is "SUCCESS" or "FAILURE" or "DELAY")) ? null : "is neither NEVER nor a list of SUCCESS, FAILURE and DELAY (RFC 3461, section 4.1).";
    }

    public static string? Return(string value, out bool isWhole)
    {
        isWhole = string.Equals(value, "FULL", StringComparison.OrdinalIgnoreCase);
        return isWhole || string.Equals(value, "HDRS", StringComparison.OrdinalIgnoreCase) ? null : "is neither FULL nor HDRS (RFC 3461, section 4.3).";
    }

    public static string? Protocols(string value, out SslProtocols protocols)
    {
        protocols = SslProtocols.None;
        foreach (var name in value.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            var protocol = name.ToUpperInvariant() switch { "TLSV1.2" => SslProtocols.Tls12, "TLSV1.3" => SslProtocols.Tls13, _ => SslProtocols.None };
            if (protocol == SslProtocols.None)
            {
                return "lists something else than TLSv1.2 and TLSv1.3; older versions are broken (RFC 8996).";
            }

            protocols |= protocol;
        }

        return protocols == SslProtocols.None ? "is empty. Leave it out." : null;
    }

    public static string? CipherSuites(string value, out TlsCipherSuite[] suites)
    {
        var names = value.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        suites = new TlsCipherSuite[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            // Java and .NET both use the names of IANA's registry. A number would be parsed too.
            if (!names[i].StartsWith("TLS_", StringComparison.Ordinal) || !Enum.TryParse(names[i], out suites[i]))
            {
                return "lists something that is not a cipher suite of IANA's registry, such as TLS_AES_256_GCM_SHA384.";
            }
        }

        return names.Length == 0 ? "is empty. Leave it out." : null;
    }
}
