using System.Net.Http.Headers;
using System.Runtime.ExceptionServices;

namespace Digibee.Accounts;

/// <summary>What accounts put on one message, who put it there, and what stood there before: enough to leave the message as it came.</summary>
internal sealed class MessageChanges(HttpRequestMessage message)
{
    private const string AuthorizationHeader = "Authorization";
    private const string CookieHeader = "Cookie";

    // One account sets one header, as a rule: the first change is kept without an array. A signature sets three or four.
    private MessageChange _first;
    private MessageChange[] _others = [];
    private int _otherCount;
    private bool _isOn;

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

    /// <summary>Adds members to a header that is a list, behind those of the caller and of other accounts.</summary>
    public void AppendToHeader(string account, string name, string members)
    {
        var before = RawHeaders.Take(Message.Headers, name);
        Record(new(MessagePart.Header, name, account, before));
        RawHeaders.TryAdd(Message.Headers, name, before is null ? members : $"{string.Join(", ", before)}, {members}");
    }

    /// <summary>Removes what the caller had set under this name, until the message is given back.</summary>
    public void RemoveHeader(string account, string name)
    {
        if (Message.Headers.NonValidated.Contains(name))
        {
            MakeRoom(account, name);
        }
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

    public void SetUri(string account, Uri uri)
    {
        if (IsFirst(MessagePart.Uri, account, name: ""))
        {
            Record(new(MessagePart.Uri, Name: "", account, Message.RequestUri));
        }

        Message.RequestUri = uri;
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

    /// <summary>Gets the headers that were set at the last send, until <see cref="Forget"/>.</summary>
    public IEnumerable<string> HeaderNames
    {
        get
        {
            if (_first is { Account: not null, Part: MessagePart.Header })
            {
                yield return _first.Name;
            }

            for (var i = 0; i < _otherCount; i++)
            {
                if (_others[i].Part == MessagePart.Header)
                {
                    yield return _others[i].Name;
                }
            }
        }
    }

    /// <summary>Takes everything off, the last change first, and puts back what the caller had. What cannot be taken off, on a message that was disposed, keeps nothing else on it.</summary>
    public void TakeOff()
    {
        if (!_isOn)
        {
            return;
        }

        _isOn = false;
        ExceptionDispatchInfo? failure = null;
        for (var i = _otherCount - 1; i >= 0; i--)
        {
            Undo(_others[i], ref failure);
        }

        Undo(_first, ref failure);
        failure?.Throw();
    }

    /// <summary>Forgets the last send, before the next attempt or hop.</summary>
    public void Forget()
    {
        _first = default;
        _others = [];
        _otherCount = 0;
        _queryParameters = null;
    }

    private void Undo(in MessageChange change, ref ExceptionDispatchInfo? failure)
    {
        try
        {
            change.Undo(Message);
        }
        catch (Exception exception)
        {
            failure ??= ExceptionDispatchInfo.Capture(exception);
        }
    }

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

        for (var i = 0; i < _otherCount; i++)
        {
            if (_others[i].Concerns(part, name))
            {
                return _others[i].Account;
            }
        }

        return null;
    }

    private void Record(in MessageChange change)
    {
        _isOn = true;
        if (_first.Account is null)
        {
            _first = change;
        }
        else
        {
            if (_otherCount == _others.Length)
            {
                Array.Resize(ref _others, Math.Max(2, 2 * _otherCount));
            }

            _others[_otherCount++] = change;
        }
    }
}
