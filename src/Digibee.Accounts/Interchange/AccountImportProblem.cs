namespace Digibee.Accounts;

/// <summary>One thing of an import that is not right, or that an account has no place for.</summary>
/// <param name="Position">The line it stands in, or the number of its entry, from 1; 0 when it is about the whole.</param>
/// <param name="AccountName">The account's name, or what the source calls it; <see langword="null"/> when it has none.</param>
/// <param name="Field">The field; <see langword="null"/> when it is about the account as a whole.</param>
/// <param name="Message">What is wrong and what to do; a sentence, without any value.</param>
public sealed record AccountImportProblem(int Position, string? AccountName, string? Field, string Message)
{
    /// <summary>Returns the problem as one line.</summary>
    /// <returns>Text without a value.</returns>
    public override string ToString() =>
        $"{(Position > 0 ? $"{Position}: " : "")}{(AccountName is null ? "" : $"account '{AccountName}': ")}{(Field is null ? "" : $"{Field}: ")}{Message}";
}
