namespace Digibee.Accounts;

/// <summary>The canonical request: what both sides derive from the message and hash.</summary>
/// <remarks>"Create a canonical request" in the AWS IAM User Guide, "Create a signed AWS API request". It is made from the bytes that are sent, never from what the caller wrote.</remarks>
internal sealed class AwsV4CanonicalRequest
{
    private readonly AwsV4Query _query = new();
    private int _namesStart;
    private int _namesEnd;

    /// <summary>Gets the headers that are signed. Add them first.</summary>
    public AwsV4HeaderLines Headers { get; } = new();

    /// <summary>Gets the text, after <see cref="Write"/>.</summary>
    public SigningText Text { get; } = new();

    /// <summary>Gets the names of the signed headers, separated by semicolons, after <see cref="Write"/>.</summary>
    public ReadOnlySpan<byte> SignedHeaders => Text.Written[_namesStart.._namesEnd];

    /// <summary>Writes it.</summary>
    /// <param name="method">The method as it is sent.</param>
    /// <param name="target">Path and query as they are sent.</param>
    /// <param name="pathRule">What the service does with the path.</param>
    /// <param name="payload">The payload's hash in hexadecimal, or the word that stands for it.</param>
    public void Write(string method, ReadOnlySpan<byte> target, AwsV4PathRule pathRule, string payload)
    {
        var queryStart = target.IndexOf((byte)'?');
        var path = queryStart < 0 ? target : target[..queryStart];
        var query = queryStart < 0 ? default : target[(queryStart + 1)..];

        Text.Append(method);
        Text.Append((byte)'\n');
        AwsV4Path.Append(Text, path, pathRule);
        Text.Append((byte)'\n');
        _query.Append(Text, query);
        Text.Append((byte)'\n');
        Headers.AppendLines(Text);
        Text.Append((byte)'\n');
        _namesStart = Text.Length;
        Headers.AppendNames(Text);
        _namesEnd = Text.Length;
        Text.Append((byte)'\n');
        Text.Append(payload);
    }

    public void Clear()
    {
        Headers.Clear();
        Text.Clear();
    }
}
