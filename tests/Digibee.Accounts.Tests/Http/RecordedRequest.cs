using System.Net;
using System.Text;

namespace Digibee.Accounts;

/// <summary>One request as a server of <see cref="TestNetwork"/> received it.</summary>
public sealed record RecordedRequest(string Scheme, string Host, string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>Gets the body as bytes, where it is no text.</summary>
    public byte[] BodyBytes
    {
        get => field ?? Encoding.UTF8.GetBytes(Body);
        init;
    }

    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;

    /// <summary>Everything that came over the wire, for searching a secret in it.</summary>
    public override string ToString() =>
        $"{Method} {Scheme}://{Host}{Target}\n{string.Join('\n', Headers.Select(header => $"{header.Key}: {header.Value}"))}\n\n{Body}\n{WebUtility.UrlDecode(Target)}";
}
