namespace Digibee.Accounts;

/// <summary>A text with expressions in it, parsed once, and the same text with the values in their place.</summary>
internal sealed class AccountExpressionText
{
    private readonly AccountExpression[] _expressions;

    /// <summary>Initializes a new instance.</summary>
    /// <exception cref="ArgumentException">The text holds no expression, or one that is not right.</exception>
    public AccountExpressionText(string text, string parameterName)
    {
        Text = text;
        _expressions = AccountExpression.FindAll(text, parameterName);
    }

    public string Text { get; }

    public ReadOnlySpan<AccountExpression> Expressions => _expressions;

    /// <summary>Puts the values in. The string cannot be wiped, as a header's never can: it is made for one send.</summary>
    /// <param name="accounts">The message's accounts, those of expressions among them.</param>
    /// <param name="escaping">How a value is written so that it stays one.</param>
    /// <exception cref="AccountValidationException">An account has no such field, or has not filled it in.</exception>
    public string Resolve(AccountRequest accounts, AccountExpressionEscaping escaping)
    {
        var resolved = new System.Text.StringBuilder(Text.Length);
        var position = 0;
        foreach (var expression in _expressions)
        {
            resolved.Append(Text, position, expression.Start - position);
            resolved.Append(AccountExpressionEscaper.Escape(ValueOf(accounts, expression), escaping));
            position = expression.End;
        }

        return resolved.Append(Text, position, Text.Length - position).ToString();
    }

    private static string ValueOf(AccountRequest accounts, in AccountExpression expression)
    {
        var request = accounts;
        while (!request.Reference.IsExpression || request.AccountName != expression.Account)
        {
            request = request.Next!;
        }

        var account = request.Opened.Account;
        if (AccountFields.Find(account.Type, expression.Field) is not { } field)
        {
            throw new AccountValidationException(
                expression.Account, [new AccountProblem(expression.Field, $"an expression asks for it, and an account of type {account.Type.DisplayName} has no such field. It has {string.Join(", ", NamesOf(account.Type))}.")]);
        }

        return (field.IsSecret ? field.SecretOf(account)?.Reveal() : field.TextOf(account))
            ?? throw new AccountValidationException(expression.Account, [new AccountProblem(expression.Field, "an expression asks for it, and it is not filled in.")]);
    }

    private static IEnumerable<string> NamesOf(AccountType type)
    {
        foreach (var field in AccountFields.Of(type).ToArray())
        {
            yield return field.Name;
        }
    }
}
