using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>A message of the examples of RFC 9421.</summary>
internal sealed class VectorMessage(JsonElement message, IReadOnlyList<(string Name, string Value)> trailers, VectorMessage? request = null) : SignatureMessage
{
    public override int Status => message.TryGetProperty("status", out var status) ? status.GetInt32() : 0;

    public override SignatureMessage? Request => request;

    public override string Method => message.Text("method");

    public override string Scheme => message.Text("scheme");

    public override string Authority => Lines("host").Single();

    public override string Target => message.Text("requestTarget");

    public override void AddLines(string name, bool ofTrailers, List<string> lines) =>
        lines.AddRange(ofTrailers ? trailers.Where(trailer => trailer.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(static trailer => trailer.Value) : Lines(name));

    public static IReadOnlyList<(string Name, string Value)> Fields(JsonElement headers) => [.. headers.EnumerateArray().Select(static field => (field[0].GetString()!, field[1].GetString()!))];

    private IEnumerable<string> Lines(string name) =>
        Fields(message.GetProperty("headers")).Where(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(static field => field.Value);
}
