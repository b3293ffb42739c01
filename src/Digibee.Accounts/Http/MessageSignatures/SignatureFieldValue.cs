using System.Text;

namespace Digibee.Accounts;

/// <summary>The value of a field as it is signed (RFC 9421, section 2.1).</summary>
internal static class SignatureFieldValue
{
    private const string NotAscii = "the field holds a control character, or something that is not ASCII: only with the parameter bs can it be covered";

    /// <summary>Writes the lines of a field, joined; <see langword="null"/>, or why they cannot be signed.</summary>
    public static string? WriteLines(SigningText text, List<string> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (i > 0)
            {
                text.Append(", "u8);
            }

            if (!TryWriteLine(text, lines[i], mostCharacter: '~'))
            {
                return NotAscii;
            }
        }

        return null;
    }

    /// <summary>Writes each line as a byte sequence (section 2.1.3).</summary>
    public static string? WriteBytes(SigningText text, List<string> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (i > 0)
            {
                text.Append(", "u8);
            }

            // A character is a byte of the wire here: that is how the platform and ASP.NET Core read what is not ASCII, where they are not told otherwise.
            var start = text.Length;
            if (!TryWriteLine(text, lines[i], mostCharacter: '\u00FF'))
            {
                return "the field holds a control character, or a character that is no byte of a header";
            }

            var bytes = Latin1(text.Written[start..]);
            text.Truncate(start);
            StructuredFieldWriter.WriteByteSequence(text, bytes);
        }

        return null;
    }

    /// <summary>Writes a structured field, serialised anew (section 2.1.1), or a member of a dictionary (section 2.1.2).</summary>
    /// <param name="text">Takes the value.</param>
    /// <param name="lines">The lines of the field.</param>
    /// <param name="type">What the field is; <see langword="null"/> when nobody knows.</param>
    /// <param name="key">The member; <see langword="null"/> for the whole field.</param>
    public static string? WriteStructured(SigningText text, List<string> lines, StructuredFieldType? type, string? key)
    {
        var start = text.Length;
        if (WriteLines(text, lines) is { } problem)
        {
            return problem;
        }

        var field = Encoding.ASCII.GetString(text.Written[start..]);
        text.Truncate(start);
        switch (key is null ? type : StructuredFieldType.Dictionary)
        {
            case null:
                return "nobody said what kind of structured field it is";
            case StructuredFieldType.Item when StructuredFieldReader.TryReadItem(field, out var item):
                StructuredFieldWriter.WriteMember(text, item);
                return null;
            case StructuredFieldType.List when StructuredFieldReader.TryReadList(field, out var list):
                StructuredFieldWriter.WriteList(text, list);
                return null;
            case StructuredFieldType.Dictionary when StructuredFieldReader.TryReadDictionary(field, out var dictionary):
                return WriteDictionary(text, dictionary, key);
            default:
                return "the field is not the structured field that it should be (RFC 9651)";
        }
    }

    private static string? WriteDictionary(SigningText text, StructuredMap<StructuredMember> dictionary, string? key)
    {
        if (key is null)
        {
            StructuredFieldWriter.WriteDictionary(text, dictionary);
            return null;
        }

        if (!dictionary.TryGet(key, out var member))
        {
            return "the field has no such member";
        }

        StructuredFieldWriter.WriteMember(text, member);
        return null;
    }

    // Without the white space around it, and one space for a line that was folded (section 2.1).
    private static bool TryWriteLine(SigningText text, ReadOnlySpan<char> line, char mostCharacter)
    {
        line = line.Trim(" \t\r\n");
        while (line.IndexOfAny('\r', '\n') is var fold and >= 0)
        {
            if (!TryWritePart(text, line[..fold].TrimEnd(" \t"), mostCharacter))
            {
                return false;
            }

            line = line[fold..].TrimStart('\r').TrimStart('\n');
            if (line[0] is not (' ' or '\t'))
            {
                // A line break alone would begin another line of the signature base.
                return false;
            }

            text.Append((byte)' ');
            line = line.TrimStart(" \t");
        }

        return TryWritePart(text, line, mostCharacter);
    }

    private static bool TryWritePart(SigningText text, ReadOnlySpan<char> part, char mostCharacter)
    {
        if (part.ContainsAnyExceptInRange(' ', '~'))
        {
            foreach (var c in part)
            {
                if ((c < ' ' && c != '\t') || c == '\u007F' || c > mostCharacter)
                {
                    return false;
                }
            }
        }

        text.Append(part);
        return true;
    }

    private static byte[] Latin1(ReadOnlySpan<byte> utf8) => Encoding.Latin1.GetBytes(Encoding.UTF8.GetString(utf8));
}
