using System.Net.Http.Headers;

namespace Digibee.Accounts;

/// <summary>What accounts put on one message, who put it there, and what stood there before: enough to leave the message as it came.</summary>
internal sealed class MessageChanges(HttpRequestMessage message)
{
    private const string AuthorizationHeader = "Authorization";
    private const string CookieHeader = "Cookie";

    // One account sets one header, as a rule: the first change is kept without a list.
    private MessageChange _first;
    private List<MessageChange>? _others;

    // Encoded, as they were sent.
    private List<string>? _queryParameters;

    public HttpRequestMessage Message { get; } = message;

    public void SetAuthorization(string account, AuthenticationHeaderValue value)
    {
        MakeRoom(account, AuthorizationHeader);
        Message.Headers.Authorization = value;
    }

    /// <summary>Sets a header; <see langword="false"/> when the platform does not take one of this name on a request.</summary>
    public bool TrySetHeader(string account, string name, string value)
    {
        MakeRoom(account, name);
        return RawHeaders.TryAdd(Message.Headers, name, value);
    }

    public void SetCookie(string account, string name, string value)
    {
        if (IsFirst(MessagePart.Cookie, account, name))
        {
            Record(new(MessagePart.Cookie, name, account, Before: null));
        }

        var before = RawHeaders.Take(Message.Headers, CookieHeader);
        if (Find(MessagePart.Header, CookieHeader) is null)
        {
            Record(new(MessagePart.Header, CookieHeader, account, before));
        }

        RawHeaders.TryAdd(Message.Headers, CookieHeader, CookieLine.Set(before, name, value));
    }

    public void SetQueryParameter(string account, string name, string encodedPair)
    {
        if (IsFirst(MessagePart.QueryParameter, account, name))
        {
            Record(new(MessagePart.QueryParameter, name, account, Message.RequestUri));
        }

        (_queryParameters ??= []).Add(encodedPair);
        Message.RequestUri = QueryString.Set(Message.RequestUri!, name, encodedPair);
    }

    public void SetContent(string account, HttpContent content)
    {
        if (IsFirst(MessagePart.Content, account, name: ""))
        {
            Record(new(MessagePart.Content, Name: "", account, Message.Content));
        }

        Message.Content = content;
    }

    /// <summary>Removes from a redirect's target the query parameters that accounts put on this message and the server sent back.</summary>
    public Uri WithoutQueryParameters(Uri location)
    {
        if (_queryParameters is not null)
        {
            foreach (var encodedPair in _queryParameters)
            {
                location = QueryString.Remove(location, encodedPair);
            }
        }

        return location;
    }

    /// <summary>Takes everything off, the last change first, and puts back what the caller had.</summary>
    public void TakeOff()
    {
        if (_others is not null)
        {
            for (var i = _others.Count - 1; i >= 0; i--)
            {
                _others[i].Undo(Message);
            }

            _others = null;
        }

        if (_first.Account is not null)
        {
            _first.Undo(Message);
            _first = default;
        }
    }

    /// <summary>Forgets the query parameters of the last send, before the next attempt or hop.</summary>
    public void Forget() => _queryParameters = null;

    // The caller's values go aside; what the same account has set before goes away.
    private void MakeRoom(string account, string name)
    {
        if (IsFirst(MessagePart.Header, account, name))
        {
            Record(new(MessagePart.Header, name, account, RawHeaders.Take(Message.Headers, name)));
        }
        else
        {
            Message.Headers.Remove(name);
        }
    }

    // False when the same account has set it already; another account must not.
    private bool IsFirst(MessagePart part, string account, string name)
    {
        var owner = Find(part, name);
        return owner is null || (owner == account ? false : throw new AccountValidationException(
            account,
            [new AccountProblem("Accounts", $"{MessageChange.Describe(part, name)} is already set by account '{owner}' on this message. Two accounts that set the same cannot be applied together.")]));
    }

    private string? Find(MessagePart part, string name)
    {
        if (_first.Concerns(part, name))
        {
            return _first.Account;
        }

        if (_others is not null)
        {
            foreach (var other in _others)
            {
                if (other.Concerns(part, name))
                {
                    return other.Account;
                }
            }
        }

        return null;
    }

    private void Record(in MessageChange change)
    {
        if (_first.Account is null)
        {
            _first = change;
        }
        else
        {
            (_others ??= []).Add(change);
        }
    }
}
