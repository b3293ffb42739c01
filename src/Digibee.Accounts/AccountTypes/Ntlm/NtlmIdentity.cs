using System.Text;

namespace Digibee.Accounts;

/// <summary>Who signs in, as the messages name it.</summary>
/// <param name="UserName">The user, without a domain before a backslash.</param>
/// <param name="Domain">The domain; empty for none.</param>
/// <param name="Workstation">The workstation; empty for none.</param>
internal sealed record NtlmIdentity(string UserName, string Domain, string Workstation)
{
    // Active Directory's longest is a user principal name, of 1,024 characters.
    public const int MaxLength = 1_024;

    /// <summary>Reads the account's names. <c>DOMAIN\user</c> and <c>user@DOMAIN</c> are taken apart. <c>user@corp.example</c> is a user principal name and stays as it is, with no domain beside it, as
    /// Windows sends it: only the directory can tell the domain from such a suffix.</summary>
    public static NtlmIdentity Of(NtlmAccount account)
    {
        var userName = account.UserName;
        var domain = account.Domain ?? "";
        var separator = userName.IndexOfAny(['\\', '@']);
        if (separator >= 0 && userName[separator] == '\\')
        {
            domain = userName[..separator];
            userName = userName[(separator + 1)..];
        }
        else if (separator >= 0 && account.Domain is null && !userName.AsSpan(separator).ContainsAny('.', '\\'))
        {
            domain = userName[(separator + 1)..];
            userName = userName[..separator];
        }

        return new(userName, domain, account.Workstation ?? "");
    }

    /// <summary>Gets whether a name is longer than any directory's, and perhaps than a field of a message.</summary>
    public bool IsTooLong => Math.Max(UserName.Length, Math.Max(Domain.Length, Workstation.Length)) > MaxLength;

    /// <summary>Gets whether the names can be sent to a server that knows no Unicode. Its code page is not known, so only ASCII can.</summary>
    public bool IsAscii => Ascii.IsValid(UserName) && Ascii.IsValid(Domain) && Ascii.IsValid(Workstation);
}
