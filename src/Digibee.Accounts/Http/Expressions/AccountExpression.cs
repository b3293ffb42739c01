using System.Buffers;

namespace Digibee.Accounts;

/// <summary>One <c>{{ account.&lt;name&gt;.&lt;field&gt; }}</c> in a text.</summary>
/// <param name="Account">The account's name; it may hold dots, the field cannot.</param>
/// <param name="Field">The field's name, as the platform has it.</param>
/// <param name="Start">Where the braces open.</param>
/// <param name="End">Behind the braces that close it.</param>
internal readonly record struct AccountExpression(string Account, string Field, int Start, int End)
{
    private const string Opening = "{{";
    private const string Closing = "}}";
    private const string Namespace = "account.";

    private static readonly SearchValues<char> FieldCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Finds the expressions of a text that ask for an account, in order. What else stands in double braces is left as it is: it may be another template's.</summary>
    /// <param name="text">The text.</param>
    /// <param name="parameterName">The caller's parameter, for the error.</param>
    /// <exception cref="ArgumentException">There is none; or one begins like an account's and is not closed, or does not name an account and a field. The message does not repeat the text.</exception>
    public static AccountExpression[] FindAll(string text, string parameterName)
    {
        var found = new List<AccountExpression>();
        for (var start = text.IndexOf(Opening, StringComparison.Ordinal); start >= 0; start = text.IndexOf(Opening, start, StringComparison.Ordinal))
        {
            var inside = text.AsSpan(start + Opening.Length).TrimStart(" \t");
            if (!inside.StartsWith(Namespace, StringComparison.Ordinal))
            {
                // One brace on: in three braces the account's two are the inner ones.
                start++;
                continue;
            }

            var end = text.IndexOf(Closing, start, StringComparison.Ordinal);
            var path = end < 0 ? default : inside[..(inside.Length - (text.Length - end))].TrimEnd(" \t")[Namespace.Length..];
            var dot = path.LastIndexOf('.');
            if (dot <= 0 || !AccountAddress.IsPart(path[..dot]) || !IsField(path[(dot + 1)..]))
            {
                throw new ArgumentException($"The expression at position {start} is not {{{{ account.<name>.<field> }}}}, with the names as the account and the platform have them.", parameterName);
            }

            end += Closing.Length;
            found.Add(new(path[..dot].ToString(), path[(dot + 1)..].ToString(), start, end));
            start = end;
        }

        return found.Count > 0 ? [.. found] : throw new ArgumentException("It holds no {{ account.<name>.<field> }}, so it needs no account. Send it as it is.", parameterName);
    }

    private static bool IsField(ReadOnlySpan<char> field) => !field.IsEmpty && !field.ContainsAnyExcept(FieldCharacters);
}
