using System.Net.Http.Headers;

namespace Digibee.Accounts;

/// <summary>What accounts put on one message, who put it there, and what stood there before: enough to leave the message as it came.</summary>
internal sealed class MessageChanges(HttpRequestMessage message)
{
    private const string CookieHeader = "Cookie";

    // One account sets one header, as a rule: the first is kept without a list.
    private HeaderChange _first;
    private List<HeaderChange>? _others;
    private List<ClaimedName>? _cookies;
    private List<ClaimedName>? _queryParameters;
    private Uri? _callersUri;
    private HttpContent? _callersContent;
    private string? _contentOwner;

    public HttpRequestMessage Message { get; } = message;

    public void SetAuthorization(string account, AuthenticationHeaderValue value)
    {
        Claim(account, "Authorization");
        Message.Headers.Authorization = value;
    }

    public void SetHeader(string account, string name, string value)
    {
        Claim(account, name);
        RawHeaders.Add(Message.Headers, name, value);
    }

    public void SetCookie(string account, string name, string value)
    {
        Claim(ref _cookies, account, name, "the cookie", "");
        var others = TakeCookiesExcept(account, name);
        RawHeaders.Add(Message.Headers, CookieHeader, others.Length == 0 ? $"{name}={value}" : $"{others}; {name}={value}");
    }

    public void SetQueryParameter(string account, string name, string encodedPair)
    {
        Claim(ref _queryParameters, account, name, "the query parameter", encodedPair);
        _callersUri ??= Message.RequestUri;
        Message.RequestUri = QueryString.Set(Message.RequestUri!, name, encodedPair);
    }

    public void SetContent(string account, HttpContent content)
    {
        if (_contentOwner is not null)
        {
            throw Conflict(account, "the content", _contentOwner);
        }

        _contentOwner = account;
        _callersContent = Message.Content;
        Message.Content = content;
    }

    /// <summary>Removes from a redirect's target the query parameters that accounts put on this message and the server sent back.</summary>
    public Uri WithoutQueryParameters(Uri location)
    {
        if (_queryParameters is not null)
        {
            foreach (var parameter in _queryParameters)
            {
                location = QueryString.Remove(location, parameter.EncodedPair);
            }
        }

        return location;
    }

    /// <summary>Takes everything off and puts back what the caller had. Claims stay until <see cref="Forget"/>.</summary>
    public void TakeOff()
    {
        if (_others is not null)
        {
            for (var i = _others.Count - 1; i >= 0; i--)
            {
                RawHeaders.PutBack(Message.Headers, _others[i].Name, _others[i].CallersValues);
            }

            _others = null;
        }

        if (_first.Name is not null)
        {
            RawHeaders.PutBack(Message.Headers, _first.Name, _first.CallersValues);
            _first = default;
        }

        if (_callersUri is not null)
        {
            Message.RequestUri = _callersUri;
            _callersUri = null;
        }

        if (_contentOwner is not null)
        {
            Message.Content = _callersContent;
            _callersContent = null;
            _contentOwner = null;
        }
    }

    /// <summary>Forgets who set what, before the next attempt or hop.</summary>
    public void Forget()
    {
        _cookies = null;
        _queryParameters = null;
    }

    private static AccountValidationException Conflict(string account, string what, string owner) => new(
        account,
        [new AccountProblem("Accounts", $"{what} is already set by account '{owner}' on this message. Two accounts that set the same cannot be applied together.")]);

    private static void Claim(ref List<ClaimedName>? claims, string account, string name, string what, string encodedPair)
    {
        claims ??= [];
        foreach (var claim in claims)
        {
            if (claim.Name == name)
            {
                throw Conflict(account, $"{what} '{name}'", claim.Account);
            }
        }

        claims.Add(new ClaimedName(name, account, encodedPair));
    }

    private void Claim(string account, string name)
    {
        if (Find(name) is { } owner)
        {
            throw Conflict(account, $"the header '{name}'", owner);
        }

        Record(new HeaderChange(name, account, RawHeaders.Take(Message.Headers, name)));
    }

    private string? Find(string name)
    {
        if (_first.Name is null)
        {
            return null;
        }

        if (string.Equals(_first.Name, name, StringComparison.OrdinalIgnoreCase))
        {
            return _first.Account;
        }

        if (_others is not null)
        {
            foreach (var other in _others)
            {
                if (string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase))
                {
                    return other.Account;
                }
            }
        }

        return null;
    }

    private void Record(HeaderChange change)
    {
        if (_first.Name is null)
        {
            _first = change;
        }
        else
        {
            (_others ??= []).Add(change);
        }
    }

    // Other accounts' cookies and the caller's, but for the caller's of the same name. The caller's are recorded once.
    private string TakeCookiesExcept(string account, string name)
    {
        var isFirstCookie = Find(CookieHeader) is null;
        var present = RawHeaders.Take(Message.Headers, CookieHeader);
        if (isFirstCookie)
        {
            Record(new HeaderChange(CookieHeader, account, present));
        }

        if (present is null)
        {
            return "";
        }

        var kept = new List<string>();
        foreach (var line in present)
        {
            foreach (var cookie in line.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (!cookie.AsSpan().StartsWith(name, StringComparison.Ordinal) || cookie.Length == name.Length || cookie[name.Length] != '=')
                {
                    kept.Add(cookie);
                }
            }
        }

        return string.Join("; ", kept);
    }

    private readonly record struct HeaderChange(string Name, string Account, string[]? CallersValues);

    private readonly record struct ClaimedName(string Name, string Account, string EncodedPair);
}
