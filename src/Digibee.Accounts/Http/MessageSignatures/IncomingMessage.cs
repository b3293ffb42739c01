using System.Net.Http.Headers;

namespace Digibee.Accounts;

/// <summary>An answer as it came, with the request it answers.</summary>
internal sealed class IncomingMessage(HttpResponseMessage response, OutgoingMessage request) : SignatureMessage
{
    public override int Status => (int)response.StatusCode;

    public override SignatureMessage Request => request;

    public override void AddLines(string name, bool ofTrailers, List<string> lines)
    {
        if (ofTrailers)
        {
            Add(response.TrailingHeaders.NonValidated, name, lines);
            return;
        }

        Add(response.Headers.NonValidated, name, lines);
        Add(response.Content.Headers.NonValidated, name, lines);
    }

    private static void Add(HttpHeadersNonValidated headers, string name, List<string> lines)
    {
        if (headers.TryGetValues(name, out var values))
        {
            foreach (var value in values)
            {
                lines.Add(value);
            }
        }
    }
}
