namespace Digibee.Accounts;

/// <summary>The expressions of one message: in headers it was given and in its body.</summary>
internal sealed class MessageExpressions
{
    private readonly AccountExpressionHeader[] _headers;
    private readonly AccountExpressionContent? _content;

    private MessageExpressions(AccountExpressionHeader[] headers, AccountExpressionContent? content)
    {
        _headers = headers;
        _content = content;
    }

    /// <summary>Gives a message's expressions; <see langword="null"/> for none.</summary>
    public static MessageExpressions? Of(HttpRequestMessage message, AccountSelection? selection)
    {
        var headers = selection?.Headers ?? [];
        var content = message.Content as AccountExpressionContent;
        return headers.Length == 0 && content is null ? null : new(headers, content);
    }

    /// <summary>Gives what the message asks for with the accounts of its expressions, each once, in front.</summary>
    public AccountReference[] AddTo(AccountReference[] asked)
    {
        var all = new List<AccountReference>();
        foreach (var header in _headers)
        {
            Add(header.Value.Expressions);
        }

        Add(_content is null ? [] : _content.Expressions);
        all.AddRange(asked);
        return [.. all];

        void Add(ReadOnlySpan<AccountExpression> expressions)
        {
            foreach (var expression in expressions)
            {
                var name = expression.Account;
                if (!all.Exists(reference => reference.Name == name))
                {
                    all.Add(AccountReference.OfExpression(name, beside: asked is [var first, ..] ? first : null));
                }
            }
        }
    }

    /// <summary>Puts the values on the message, before anybody signs it.</summary>
    /// <param name="changes">What is put on.</param>
    /// <param name="accounts">The message's accounts.</param>
    /// <exception cref="AccountValidationException">A field is not there or empty, a value cannot be sent in a header, or two set the same.</exception>
    public void Apply(MessageChanges changes, AccountRequest accounts)
    {
        foreach (var header in _headers)
        {
            var account = header.Value.Expressions[0].Account;
            var value = header.Value.Resolve(accounts, AccountExpressionEscaping.None);
            if (!HeaderSyntax.IsValue(value) || !changes.TrySetHeader(OwnerOf(account), header.Name, value))
            {
                throw new AccountValidationException(
                    account, [new AccountProblem(header.Name, "the value that expressions make cannot be sent there: only visible ASCII can, with spaces and tabs inside.")]);
            }
        }

        // After a redirect that turned the message into a GET there is none.
        if (_content is not null && changes.Message.Content == _content)
        {
            changes.SetContent(OwnerOf(_content.Expressions[0].Account), _content.Resolve(accounts));
        }
    }

    // Not the bare name: the account may be the client's too, and what it sets of its own must not hide this.
    private static string OwnerOf(string account) => $"{account} (by an expression)";
}
