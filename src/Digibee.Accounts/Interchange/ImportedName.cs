namespace Digibee.Accounts;

/// <summary>Makes an account's name of what another program calls it.</summary>
internal static class ImportedName
{
    /// <summary>Gives the name; <see langword="null"/> when there is nothing to make one of.</summary>
    public static string? Of(string sourceName)
    {
        var length = Math.Min(sourceName.Length, AccountAddress.MaxPartLength);
        Span<char> name = stackalloc char[AccountAddress.MaxPartLength];
        for (var i = 0; i < length; i++)
        {
            var c = char.IsAsciiLetterUpper(sourceName[i]) ? (char)(sourceName[i] | 0x20) : sourceName[i];
            name[i] = char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_' or '-' ? c : '-';
        }

        var part = name[..length].Trim("-._").ToString();
        return AccountAddress.IsPart(part) ? part : null;
    }

    /// <summary>Gives what the source calls it, for a message or a description: cut short, and without control characters.</summary>
    public static string Shown(string sourceName)
    {
        var length = Math.Min(sourceName.Length, AccountAddress.MaxPartLength);
        return string.Create(length, sourceName, static (shown, name) =>
        {
            for (var i = 0; i < shown.Length; i++)
            {
                shown[i] = char.IsControl(name[i]) || char.IsSurrogate(name[i]) ? '?' : name[i];
            }
        });
    }
}
