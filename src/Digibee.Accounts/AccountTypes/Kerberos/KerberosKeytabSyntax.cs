using System.Globalization;

namespace Digibee.Accounts;

/// <summary>What a save finds out about a keytab: everything that would otherwise come to light when the KDC is asked.</summary>
internal static class KerberosKeytabSyntax
{
    /// <summary>Checks a keytab.</summary>
    /// <param name="base64">The keytab.</param>
    /// <param name="principal">The account's principal; <see langword="null"/> when it is not usable itself.</param>
    /// <param name="allowRc4">Whether RC4 keys count.</param>
    /// <param name="inspection">Collects what was found.</param>
    /// <param name="field">The field's name.</param>
    public static void Inspect(ReadOnlySpan<byte> base64, KerberosPrincipal? principal, bool allowRc4, AccountInspection inspection, string field)
    {
        using var keytab = KerberosKeytab.TryDecode(base64);
        if (keytab is null)
        {
            inspection.Refuse(field, "it is not base64. Encode the keytab file as a whole, such as with base64 -w0.");
        }
        else if (!KerberosKeytabReader.HasVersion(keytab.Span))
        {
            inspection.Refuse(field, "it is not a keytab of version 0x0502. Write one with ktutil, kadmin or ktpass.");
        }
        else if (InspectEntries(keytab.Span, inspection, field) && principal is not null)
        {
            InspectKeys(keytab.Span, principal, allowRc4, inspection, field);
        }
    }

    private static bool InspectEntries(ReadOnlySpan<byte> keytab, AccountInspection inspection, string field)
    {
        var reader = new KerberosKeytabReader(keytab);
        while (reader.TryRead(out _))
        {
        }

        if (reader.IsMalformed)
        {
            inspection.Refuse(field, string.Create(CultureInfo.InvariantCulture, $"it ends within entry {Math.Max(reader.Count, 1)}, or that is not one: the file was cut off or changed. Encode the whole file again."));
        }
        else if (reader.Count == 0)
        {
            inspection.Refuse(field, "it is a keytab without entries. Write the principal's keys into it, such as with ktadd.");
        }

        return !reader.IsMalformed && reader.Count > 0;
    }

    private static void InspectKeys(ReadOnlySpan<byte> keytab, KerberosPrincipal principal, bool allowRc4, AccountInspection inspection, string field)
    {
        var isKnown = false;
        var holdsRc4 = false;
        var reader = new KerberosKeytabReader(keytab);
        while (reader.TryRead(out var entry))
        {
            if (entry.IsOf(principal))
            {
                isKnown = true;
                holdsRc4 |= KerberosKeytab.Usable(entry, allowRc4: true)?.Type == KerberosEncryptionType.Rc4;
            }
        }

        using var usable = KerberosKeytab.Read(keytab, principal, allowRc4);
        if (usable.Keys is [var best, ..])
        {
            inspection.Note("keyVersion", best.Version.ToString(CultureInfo.InvariantCulture));
        }
        else if (!isKnown)
        {
            inspection.Refuse(field, "it holds no key of the account's principal. Compare name and realm, which mind upper and lower case, with what klist -k shows.");
        }
        else if (holdsRc4)
        {
            inspection.Refuse(field, "its only usable key is of the type RC4, which is broken. Let the KDC make AES keys, or set AllowRc4.");
        }
        else
        {
            inspection.Refuse(field, "its keys of the account's principal are of no type that is used here. Let the KDC make AES keys.");
        }
    }
}
