using System.Net.Http.Headers;

namespace Digibee.Accounts;

/// <summary>The outgoing HttpRequestMessage as an authenticator may see and change it. What is set is validated, recorded, and taken off after each send.</summary>
public sealed class AccountRequest
{
    internal AccountRequest(OpenedAccount opened, HttpRequestMessage message)
    {
        Opened = opened;
        Message = message;
    }

    public OpenedAccount Opened { get; }

    internal HttpRequestMessage Message { get; }

    public void SetAuthorization(AuthenticationHeaderValue value) => throw new NotImplementedException();

    public void SetHeader(string name, string value) => throw new NotImplementedException();

    public void SetQueryParameter(string name, string value) => throw new NotImplementedException();

    public void SetCookie(string name, string value) => throw new NotImplementedException();

    public TState GetOrAddState<TState>(Func<OpenedAccount, TState> create)
        where TState : class => Opened.GetOrAddState(create);
}
