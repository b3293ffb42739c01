using System.Text;

namespace Digibee.Accounts;

/// <summary>Structured fields, read and written again.</summary>
internal static class StructuredText
{
    /// <summary>Gives a field as it is serialised; <see langword="null"/> when it is none.</summary>
    public static string? Canonical(string type, string field)
    {
        var text = new SigningText();
        switch (type)
        {
            case "item" when StructuredFieldReader.TryReadItem(field, out var item):
                StructuredFieldWriter.WriteMember(text, item);
                break;
            case "list" when StructuredFieldReader.TryReadList(field, out var list):
                StructuredFieldWriter.WriteList(text, list);
                break;
            case "dictionary" when StructuredFieldReader.TryReadDictionary(field, out var dictionary):
                StructuredFieldWriter.WriteDictionary(text, dictionary);
                break;
            default:
                return null;
        }

        return Encoding.ASCII.GetString(text.Written);
    }
}
