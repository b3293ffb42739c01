using System.Security.Cryptography;
using MailKit.Security;

namespace Digibee.Accounts;

/// <summary>The ways to sign in (SASL), the strongest first. One is chosen and tried: after a refusal the password is not shown to a weaker one.</summary>
/// <remarks>With SCRAM (RFC 5802, 7677) the server never has the password, and proves that it knows it; -PLUS binds that to the TLS connection. CRAM-MD5 (RFC 2195) does not show it either. Others that servers offer are left
/// out: DIGEST-MD5 is historic (RFC 6331), NTLM and GSSAPI are other account types.</remarks>
internal static class MailMechanisms
{
    private static readonly string[] WithPassword =
        ["SCRAM-SHA-512-PLUS", "SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-512", "SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN", "LOGIN"];

    private static readonly string[] WithToken = ["OAUTHBEARER", "XOAUTH2"];

    /// <summary>Chooses the strongest that the server offers and the account allows.</summary>
    /// <exception cref="AccountUnavailableException">There is none.</exception>
    public static string Choose(MailTarget target, ICollection<string> offered)
    {
        var allowed = target.Profile.Account.Mechanisms;
        var known = target.Bearer is null ? WithPassword : WithToken;
        foreach (var mechanism in known)
        {
            if (offered.Contains(mechanism) && (allowed.Count == 0 || allowed.Contains(mechanism)))
            {
                return mechanism;
            }
        }

        // The server's own words are left out; those that we know are no words of its own.
        var seen = string.Join(", ", WithPassword.Concat(WithToken).Where(offered.Contains));
        throw new AccountUnavailableException(
            target.AccountName,
            $"Account '{target.AccountName}' was not signed in: the server takes none of the mechanisms that the account can use ({string.Join(", ", allowed.Count == 0 ? known : allowed)}). "
            + $"Of those known here it offers {(seen.Length == 0 ? "none" : seen)}. Correct Mechanisms, or the way the account proves its user.",
            isTransient: false);
    }

    public static SaslMechanism Create(string mechanism, MailProfile profile, string secret) => Create(mechanism, profile, profile.Account.UserName!, secret);

    private static SaslMechanism Create(string mechanism, MailProfile profile, string userName, string secret) => mechanism switch
    {
        "SCRAM-SHA-512-PLUS" => new MailScramMechanism(mechanism, HashAlgorithmName.SHA512, userName, secret),
        "SCRAM-SHA-256-PLUS" => new MailScramMechanism(mechanism, HashAlgorithmName.SHA256, userName, secret),
        "SCRAM-SHA-1-PLUS" => new MailScramMechanism(mechanism, HashAlgorithmName.SHA1, userName, secret),
        "SCRAM-SHA-512" => new MailScramMechanism(mechanism, HashAlgorithmName.SHA512, userName, secret),
        "SCRAM-SHA-256" => new MailScramMechanism(mechanism, HashAlgorithmName.SHA256, userName, secret),
        "SCRAM-SHA-1" => new MailScramMechanism(mechanism, HashAlgorithmName.SHA1, userName, secret),
        "CRAM-MD5" => new SaslMechanismCramMd5(userName, secret),
        "PLAIN" => new SaslMechanismPlain(userName, secret),
        "LOGIN" => new SaslMechanismLogin(userName, secret),
        "OAUTHBEARER" => new MailOAuthBearerMechanism(userName, secret, profile.Host, profile.Account.Port),
        "XOAUTH2" => new SaslMechanismOAuth2(userName, secret),
        _ => throw new ArgumentOutOfRangeException(nameof(mechanism)),
    };
}
