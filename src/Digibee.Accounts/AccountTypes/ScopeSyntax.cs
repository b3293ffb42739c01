namespace Digibee.Accounts;

/// <summary>The scopes of an OAuth 2 request (RFC 6749, section 3.3).</summary>
internal static class ScopeSyntax
{
    public static void Inspect(NameList scopes, AccountInspection inspection, string field)
    {
        if (!inspection.Allow(scopes, field))
        {
            return;
        }

        for (var i = 0; i < scopes.Count; i++)
        {
            if (!IsToken(scopes[i]))
            {
                inspection.Refuse(field, $"entry {i + 1} is not a scope: a scope is visible ASCII without space, quote and backslash (RFC 6749, section 3.3). Give each scope an entry of its own.");
            }
        }
    }

    // 1*( %x21 / %x23-5B / %x5D-7E )
    private static bool IsToken(ReadOnlySpan<char> scope) => !scope.ContainsAnyExceptInRange('!', '~') && !scope.ContainsAny('"', '\\');
}
