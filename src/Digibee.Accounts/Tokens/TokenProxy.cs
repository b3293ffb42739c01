using System.Net;

namespace Digibee.Accounts;

/// <summary>The platform's proxy, as it is at the moment, for all but loopback: what goes there in clear must not leave the machine.</summary>
internal sealed class TokenProxy : IWebProxy
{
    public ICredentials? Credentials
    {
        get => HttpClient.DefaultProxy.Credentials;
        set => throw new NotSupportedException("The platform's proxy is not changed here.");
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : HttpClient.DefaultProxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.IsLoopback || HttpClient.DefaultProxy.IsBypassed(host);
}
