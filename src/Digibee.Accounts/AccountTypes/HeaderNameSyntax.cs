namespace Digibee.Accounts;

/// <summary>The names of headers that an account may set.</summary>
internal static class HeaderNameSyntax
{
    public static void Inspect(string name, AccountInspection inspection, string field)
    {
        if (!HeaderSyntax.IsToken(name))
        {
            inspection.Refuse(field, "it is not a header name: only letters, digits and !#$%&'*+-.^_`|~ can stand in one (RFC 9110). Leave out the colon and what follows it.");
        }
        else if (HeaderSyntax.IsReserved(name))
        {
            inspection.Refuse(field, "this header belongs to the message, the connection or the proxy, so an account cannot set it. Name the one that the service reads the credential from.");
        }
    }
}
