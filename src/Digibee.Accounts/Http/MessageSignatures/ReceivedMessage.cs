namespace Digibee.Accounts;

/// <summary>A request as a server received it.</summary>
internal sealed class ReceivedMessage(ReceivedHttpRequest request) : SignatureMessage
{
    public override string Method => request.Method;

    public override string Scheme => request.Scheme;

    public override string Authority => request.Authority;

    public override string Target => request.RequestTarget;

    /// <summary>Gets whether there is content, as far as anybody says.</summary>
    public bool HasContent => request.HasContent ?? (request.Body is { } body && body.Length > body.Position) || Says("transfer-encoding", "") || Says("content-length", "0");

    // Trailers come behind the content, which nobody has read yet.
    public override void AddLines(string name, bool ofTrailers, List<string> lines)
    {
        if (!ofTrailers)
        {
            request.AddLines(name, lines);
        }
    }

    private bool Says(string name, string nothing)
    {
        var lines = new List<string>();
        request.AddLines(name, lines);
        return lines.Exists(line => line.Trim() is { Length: > 0 } value && value != nothing);
    }
}
