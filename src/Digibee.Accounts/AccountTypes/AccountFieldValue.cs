using System.Globalization;

namespace Digibee.Accounts;

/// <summary>A field's value as people write it in configurations and files, read as the kind that the field is of.</summary>
internal static class AccountFieldValue
{
    /// <summary>Reads a text; <see langword="null"/> when it is not of the field's kind, and then the problem is the end of a sentence about it. Of a secret it makes none: where it may come from is the caller's to decide.</summary>
    public static object? Read(AccountField field, string text, out string problem)
    {
        problem = "";
        var type = Nullable.GetUnderlyingType(field.ClrType) ?? field.ClrType;
        if (type == typeof(string))
        {
            return text;
        }

        if (type == typeof(bool))
        {
            problem = "it is neither true nor false.";
            return bool.TryParse(text, out var flag) ? flag : null;
        }

        if (type == typeof(int))
        {
            problem = "it is not a whole number in its range.";
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        }

        if (type.IsEnum)
        {
            problem = $"it is none of {string.Join(", ", Enum.GetNames(type))}.";
            return NameOf(type, text);
        }

        problem = type == typeof(NameList) ? "it is a list of texts." : "it cannot be written as text.";
        return null;
    }

    /// <summary>Gives a value that the field surely takes, to look at the others in spite of this one; <see langword="null"/> when it may be left out.</summary>
    public static object? StandIn(AccountField field)
    {
        if (!field.IsRequired)
        {
            return null;
        }

        return field.IsSecret ? new Secret("x")
            : field.ClrType == typeof(int) ? 1
            : field.ClrType.IsEnum ? Enum.GetNames(field.ClrType)[0]
            : "x";
    }

    // By the name as it will be read back: numbers are refused, and case, hyphens and underscores do not count.
    private static string? NameOf(Type type, string text)
    {
        foreach (var name in Enum.GetNames(type))
        {
            if (AccountFieldSpelling.AreEqual(name, text))
            {
                return name;
            }
        }

        return null;
    }
}
