using System.Buffers;
using System.Text;

namespace Digibee.Accounts;

/// <summary>The characters of structured fields (RFC 9651, section 4).</summary>
internal static class StructuredSyntax
{
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~:/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create("_-.*0123456789abcdefghijklmnopqrstuvwxyz");

    public static bool IsString(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange(' ', '~');

    public static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && StartsToken(text[0]) && !text.ContainsAnyExcept(TokenCharacters);

    public static bool IsKey(ReadOnlySpan<char> text) => !text.IsEmpty && StartsKey(text[0]) && !text.ContainsAnyExcept(KeyCharacters);

    public static bool IsUnicode(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var length) != OperationStatus.Done)
            {
                return false;
            }

            text = text[length..];
        }

        return true;
    }

    public static bool StartsToken(char c) => char.IsAsciiLetter(c) || c == '*';

    public static bool StartsKey(char c) => char.IsAsciiLetterLower(c) || c == '*';

    /// <summary>Gives how many characters of a token a text begins with.</summary>
    public static int TokenLength(ReadOnlySpan<char> text) => LengthOf(text, text.IndexOfAnyExcept(TokenCharacters));

    /// <summary>Gives how many characters of a key a text begins with.</summary>
    public static int KeyLength(ReadOnlySpan<char> text) => LengthOf(text, text.IndexOfAnyExcept(KeyCharacters));

    private static int LengthOf(ReadOnlySpan<char> text, int end) => end < 0 ? text.Length : end;
}
