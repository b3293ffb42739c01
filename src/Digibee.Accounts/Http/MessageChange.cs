namespace Digibee.Accounts;

/// <summary>One thing that an account put on a message.</summary>
/// <param name="Part">What it is.</param>
/// <param name="Name">The name of the header, cookie or query parameter.</param>
/// <param name="Account">The account's name.</param>
/// <param name="Before">What stood there: a header's values, the URI, the content. A cookie has none; its header is a change of its own.</param>
internal readonly record struct MessageChange(MessagePart Part, string Name, string Account, object? Before)
{
    public static string Describe(MessagePart part, string name) => part switch
    {
        MessagePart.Header => $"the header '{name}'",
        MessagePart.Cookie => $"the cookie '{name}'",
        MessagePart.QueryParameter => $"the query parameter '{name}'",
        MessagePart.Uri => "the spelling of the URI",
        _ => "the content",
    };

    public bool Concerns(MessagePart part, string name) =>
        Part == part && string.Equals(Name, name, part == MessagePart.Header ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    public void Undo(HttpRequestMessage message)
    {
        switch (Part)
        {
            case MessagePart.Header:
                RawHeaders.PutBack(message.Headers, Name, (string[]?)Before);
                break;
            case MessagePart.QueryParameter or MessagePart.Uri:
                message.RequestUri = (Uri?)Before;
                break;
            case MessagePart.Content:
                message.Content = (HttpContent?)Before;
                break;
        }
    }
}
