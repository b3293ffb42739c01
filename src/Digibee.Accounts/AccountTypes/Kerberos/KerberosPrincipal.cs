using System.Text;

namespace Digibee.Accounts;

/// <summary>A principal: its realm, and the parts of its name.</summary>
internal sealed class KerberosPrincipal
{
    private const string TicketGranting = "krbtgt";

    public KerberosPrincipal(string realm, KerberosNameType nameType, params string[] parts)
    {
        Realm = realm;
        NameType = nameType;
        Parts = parts;
    }

    public string Realm { get; }

    public KerberosNameType NameType { get; }

    public string[] Parts { get; }

    /// <summary>Gets the realm that a ticket for this principal leads to; <see langword="null"/> when it is no ticket-granting service.</summary>
    public string? LeadsTo => Parts is [TicketGranting, var realm] ? realm : null;

    /// <summary>Gives the ticket-granting service of a realm, as <paramref name="of"/> knows it.</summary>
    public static KerberosPrincipal TicketGrantingService(string realm, string of) => new(of, KerberosNameType.ServiceInstance, TicketGranting, realm);

    /// <summary>Reads <c>name/instance@REALM</c>, with backslashes (RFC 1964, section 2.1.1). The text was checked at save, so nothing is refused here.</summary>
    /// <param name="text">The text.</param>
    /// <param name="nameType">What kind of name it is.</param>
    /// <param name="realm">The realm, if the text names none.</param>
    public static KerberosPrincipal Parse(ReadOnlySpan<char> text, KerberosNameType nameType, string realm)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\' when i + 1 < text.Length:
                    part.Append(Unescaped(text[++i]));
                    break;
                case '/':
                    parts.Add(part.ToString());
                    part.Clear();
                    break;
                case '@':
                    parts.Add(part.ToString());
                    return new(text[(i + 1)..].ToString(), nameType, [.. parts]);
                default:
                    part.Append(text[i]);
                    break;
            }
        }

        parts.Add(part.ToString());
        return new(realm, nameType, [.. parts]);
    }

    /// <summary>Tells whether both are the same. Kerberos minds the case of letters.</summary>
    public bool Is(KerberosPrincipal other) => Realm == other.Realm && HasNameOf(other);

    /// <summary>Tells whether both have the same name, in whatever realm.</summary>
    public bool HasNameOf(KerberosPrincipal other) => Parts.AsSpan().SequenceEqual(other.Parts);

    private static char Unescaped(char character) => character switch
    {
        'n' => '\n',
        't' => '\t',
        'b' => '\b',
        '0' => '\0',
        _ => character,
    };
}
