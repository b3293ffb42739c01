namespace Digibee.Accounts;

/// <summary>The text of a principal: <c>name/instance@REALM</c>, in which a backslash takes the meaning from the character after it (RFC 1964, section 2.1.1).</summary>
internal static class KerberosPrincipalSyntax
{
    /// <summary>Tells whether it is a principal, with its realm or without.</summary>
    public static bool IsPrincipal(string principal) => TryFindRealm(principal, out _);

    /// <summary>Checks a principal. Returns whether it names one.</summary>
    /// <param name="principal">The text.</param>
    /// <param name="separateRealm">The realm that is given beside it.</param>
    /// <param name="mustAgree">Whether that realm is the account's own word, which the principal cannot contradict.</param>
    /// <param name="inspection">Collects what was found.</param>
    /// <param name="field">The field's name.</param>
    public static bool Inspect(string principal, string? separateRealm, bool mustAgree, AccountInspection inspection, string field)
    {
        if (!TryFindRealm(principal, out var realm))
        {
            inspection.Refuse(field, "it is not a principal. Write user@REALM or service/host@REALM, without empty parts.");
            return false;
        }

        if (realm.IsEmpty && separateRealm is null)
        {
            inspection.Refuse(field, "it names no Kerberos realm. Write user@REALM, or fill in KerberosRealm.");
            return false;
        }

        if (!realm.IsEmpty && mustAgree && separateRealm is not null && !realm.SequenceEqual(separateRealm))
        {
            inspection.Refuse(nameof(KerberosAccount.KerberosRealm), "it is not the realm that the principal names. Leave one of them out.");
            return false;
        }

        return true;
    }

    /// <summary>Checks a realm that stands alone (RFC 4120, section 6.1).</summary>
    public static bool InspectRealm(string realm, AccountInspection inspection, string field)
    {
        if (!realm.AsSpan().ContainsAny("@/ "))
        {
            return true;
        }

        inspection.Refuse(field, "it is not a Kerberos realm. Write it as the KDC does, such as EXAMPLE.COM: no slash, no @, no space.");
        return false;
    }

    // False when a part is empty, a second @ follows, or a backslash ends the text. The realm is empty when there is none.
    private static bool TryFindRealm(ReadOnlySpan<char> principal, out ReadOnlySpan<char> realm)
    {
        realm = default;
        var start = 0;
        for (var i = 0; i < principal.Length; i++)
        {
            switch (principal[i])
            {
                case '\\':
                    i++;
                    if (i == principal.Length)
                    {
                        return false;
                    }

                    break;
                case '/' when i == start:
                    return false;
                case '/':
                    start = i + 1;
                    break;
                case '@':
                    realm = principal[(i + 1)..];
                    return i > start && !realm.IsEmpty && !realm.ContainsAny("@/ ");
            }
        }

        return principal.Length > start;
    }
}
