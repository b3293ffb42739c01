namespace Digibee.Accounts;

/// <summary>A message of a test's own: fields by their lower-case names.</summary>
internal sealed class TestMessage : SignatureMessage
{
    private readonly Dictionary<string, string[]> _fields = new(StringComparer.Ordinal);

    public override string Method => "GET";

    public override string Scheme => "https";

    public override string Authority => "example.com";

    public override string Target => RequestTarget;

    public string RequestTarget { get; init; } = "/";

    public string[] this[string name]
    {
        set => _fields[name] = value;
    }

    public override void AddLines(string name, bool ofTrailers, List<string> lines)
    {
        if (!ofTrailers && _fields.TryGetValue(name, out var values))
        {
            lines.AddRange(values);
        }
    }
}
