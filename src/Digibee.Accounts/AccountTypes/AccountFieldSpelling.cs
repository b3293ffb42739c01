namespace Digibee.Accounts;

/// <summary>Spellings of one name: <c>USERNAME</c>, <c>userName</c>, <c>user-name</c>, <c>User Name</c>. Case of ASCII letters, hyphens, underscores and spaces do not count.</summary>
internal static class AccountFieldSpelling
{
    // No field of any type has a longer name.
    private const int MaxLength = 64;

    public static bool AreEqual(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        if (one.Length > MaxLength || other.Length > MaxLength)
        {
            return false;
        }

        Span<char> folded = stackalloc char[MaxLength];
        Span<char> otherFolded = stackalloc char[MaxLength];
        return Fold(one, folded).SequenceEqual(Fold(other, otherFolded));
    }

    /// <summary>Finds a field by the platform's name or by the stored one.</summary>
    public static AccountField? Find(AccountType type, ReadOnlySpan<char> name)
    {
        foreach (var field in AccountFields.Of(type))
        {
            if (AreEqual(field.Name, name) || AreEqual(field.StoredName, name))
            {
                return field;
            }
        }

        return null;
    }

    private static ReadOnlySpan<char> Fold(ReadOnlySpan<char> spelling, Span<char> folded)
    {
        var length = 0;
        foreach (var c in spelling)
        {
            if (c is not ('-' or '_' or ' '))
            {
                folded[length++] = char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
            }
        }

        return folded[..length];
    }
}
