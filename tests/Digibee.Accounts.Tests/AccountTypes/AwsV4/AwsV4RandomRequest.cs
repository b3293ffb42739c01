using System.Globalization;
using System.Text;

namespace Digibee.Accounts;

/// <summary>A request made by chance, which can be built again: once for each signer.</summary>
internal sealed class AwsV4RandomRequest
{
    private static readonly string[] Pieces =
        ["a", "b", "Z", "0", "9", "-", ".", "_", "~", "%20", "%25", "%2F", "%2f", "%41", "%7E", "%C3%A9", "é", "€", "ф", " ", ":", "@", "!", "$", "'", "(", ")", "*", ",", ";", "{", "}", "|", "^", "`", "\"", "<", ">", "[", "]"];

    private static readonly string[] Names = ["X-Amz-Meta-A", "X-Amz-Meta-B", "x-amz-acl", "X-Custom", "Range", "If-Match", "My_Header", "X-Amz-Target"];
    private static readonly string[] Values = ["1", "a  b", "  padded  ", "\"quoted   text\"", "bytes=0-9", "a,b", "x=y; z", "*"];
    private static readonly string[] Methods = ["GET", "PUT", "POST", "DELETE", "HEAD", "PATCH", "OPTIONS"];

    private readonly string _method;
    private readonly List<(string Name, string Value)> _headers = [];
    private readonly string? _body;

    public AwsV4RandomRequest(Random random)
    {
        IsS3 = random.Next(2) == 0;
        _method = Pick(random, Methods);
        Uri = new Uri($"https://{(IsS3 ? "bucket.s3" : "abc.execute-api")}.us-east-1.amazonaws.com{(random.Next(4) == 0 ? ":8443" : "")}{Path(random)}{Query(random)}");
        foreach (var name in random.GetItems(Names, random.Next(5)).Distinct(StringComparer.Ordinal))
        {
            _headers.Add((name, Pick(random, Values)));
        }

        if (_method is "PUT" or "POST" or "PATCH" && random.Next(4) > 0)
        {
            _body = Text(random, 40);
        }
    }

    public bool IsS3 { get; }

    public Uri Uri { get; }

    /// <summary>Gets the headers that the SDK signs too: all that the caller gave, and the content's.</summary>
    public NameList Headers => [.. _headers.Select(static header => header.Name), .. _body is null ? Array.Empty<string>() : ["Content-Length"]];

    public HttpRequestMessage Build()
    {
        var message = new HttpRequestMessage(new HttpMethod(_method), Uri);
        foreach (var (name, value) in _headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        if (_body is not null)
        {
            message.Content = new StringContent(_body, Encoding.UTF8, "application/json");
        }

        return message;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{_method} {Uri.OriginalString} {string.Join(", ", _headers.Select(static header => $"{header.Name}: '{header.Value}'"))} body {_body?.Length ?? -1}");

    private static string Path(Random random) => "/" + string.Join('/', Enumerable.Range(0, random.Next(4)).Select(_ => Text(random, 6) + "x"));

    private static string Query(Random random) => random.Next(3) == 0
        ? ""
        : "?" + string.Join('&', Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(5) == 0 ? Text(random, 3) + "n" : $"{Text(random, 3)}={Text(random, 4)}{(random.Next(6) == 0 ? "+" : "")}"));

    private static string Text(Random random, int most) => string.Concat(random.GetItems(Pieces, random.Next(most)));

    private static string Pick(Random random, string[] choices) => choices[random.Next(choices.Length)];
}
