using System.Collections.Specialized;

namespace Digibee.Accounts;

/// <summary>One request as a <see cref="TestTokenEndpoint"/> received it.</summary>
internal sealed record TestTokenRequest(int Number, HttpMethod Method, Uri Uri, IReadOnlyDictionary<string, string> Headers, NameValueCollection Form)
{
    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;
}
