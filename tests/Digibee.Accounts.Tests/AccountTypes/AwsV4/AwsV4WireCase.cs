using System.Net;
using System.Text;
using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>One request of <c>wire/cases.json</c>: how it is made, and what of it arrives.</summary>
internal sealed class AwsV4WireCase
{
    private readonly JsonElement _test;
    private readonly JsonElement _file;

    private AwsV4WireCase(JsonElement test, JsonElement file)
    {
        _test = test;
        _file = file;
    }

    public string Id => _test.Text("id");

    public bool IsS3 => _test.Text("service") == "s3";

    public bool KeepsCookies => Cookies.Count > 0;

    /// <summary>Gets how often the server says 503 first.</summary>
    public int Failures => _test.TryGetProperty("fail_first", out var count) ? count.GetInt32() : 0;

    public string SecretAccessKey => _file.GetProperty("credentials").Text("secret_access_key");

    /// <summary>Gets the method that arrives.</summary>
    public string Method => Wire("method");

    /// <summary>Gets the target that arrives. Where the caller wrote a plus sign, the signer writes what that means to the service, so that nobody reads it otherwise.</summary>
    public string Target => Id switch
    {
        "plus-in-query" => "/?q=a%20b",
        "s3-plus-in-key" => "/b/a%2Bb",
        _ => Wire("target"),
    };

    public string CanonicalPath => Id == "s3-plus-in-key" ? "/b/a%2Bb" : Wire("canonical_path");

    public string CanonicalQuery => Wire("canonical_query");

    private List<KeyValuePair<string, string>> Headers => Pairs(_test, "headers");

    private List<KeyValuePair<string, string>> Cookies => _test.TryGetProperty("handler", out var handler) ? Pairs(handler, "cookies") : [];

    public static AwsV4WireCase Read(string id)
    {
        var test = AwsV4Vectors.WireCases(out var file).Single(test => test.Text("id") == id);
        return new(test, file);
    }

    public string HostAt(int port) => Wire("host").Replace("{port}", $"{port}", StringComparison.Ordinal);

    public AwsV4Account Account(int port) => new()
    {
        Name = "aws",
        AccessKeyId = _file.GetProperty("credentials").Text("access_key_id"),
        SecretAccessKey = new Secret(SecretAccessKey),
        SessionToken = _test.TryGetProperty("session_token", out var token) ? new Secret(token.GetString()!) : null,
        Service = _test.Text("service"),
        Region = _file.Text("region"),
        AllowedOrigins = Id == "host-override" ? [$"http://127.0.0.1:{port}", $"http://ex.amazonaws.com:{port}"] : [$"http://{HostAt(port)}"],
    };

    public void Configure(SocketsHttpHandler handler)
    {
        if (_test.TryGetProperty("handler", out var settings) && settings.TryGetProperty("automatic_decompression", out _))
        {
            handler.AutomaticDecompression = DecompressionMethods.All;
        }

        foreach (var (name, value) in Cookies)
        {
            handler.CookieContainer.Add(new Cookie(name, value, "/", "127.0.0.1"));
        }
    }

    /// <summary>Makes the message. Every header it has is signed, if it may be.</summary>
    public HttpRequestMessage Message(int port)
    {
        var host = _test.TryGetProperty("host", out var named) ? named.GetString() : "127.0.0.1";
        var raw = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = _test.TryGetProperty("raw_uri", out _) };
        var message = new HttpRequestMessage(new HttpMethod(_test.Text("method")), new Uri($"http://{host}:{port}{_test.Text("path")}", raw)) { Content = Content() };
        foreach (var (name, value) in Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value).Should().BeTrue();
        }

        if (_test.TryGetProperty("transfer_encoding_chunked", out _))
        {
            message.Headers.TransferEncodingChunked = true;
        }

        // A client that keeps cookies lets no message choose its account.
        var signing = new AwsV4Signing { SignedHeaders = [.. Headers.Select(static header => header.Key).Where(IsSignedOnRequest).Distinct(StringComparer.OrdinalIgnoreCase)] };
        return signing.SignedHeaders.Count == 0 ? message : message.UseAccount("aws", signing);
    }

    private static bool IsSignedOnRequest(string name) =>
        name is not ("Host" or "Authorization") && !AwsV4Vectors.Table("never-signed").Any(row => row.Text("header").Equals(name, StringComparison.OrdinalIgnoreCase));

    private static List<KeyValuePair<string, string>> Pairs(JsonElement element, string name) => element.TryGetProperty(name, out var pairs)
        ? [.. pairs.EnumerateArray().Select(static pair => KeyValuePair.Create(pair[0].GetString()!, pair[1].GetString()!))]
        : [];

    private string Wire(string name) => _test.GetProperty("wire").Text(name);

    private HttpContent? Content()
    {
        if (!_test.TryGetProperty("content", out var content))
        {
            return null;
        }

        if (content.Text("kind") == "multipart")
        {
            var parts = new MultipartFormDataContent(content.Text("boundary"));
            foreach (var (name, value) in Pairs(content, "parts"))
            {
                parts.Add(new StringContent(value), name);
            }

            return parts;
        }

        var bytes = content.TryGetProperty("utf8", out var text) ? Encoding.UTF8.GetBytes(text.GetString()!) : Convert.FromBase64String(content.Text("base64"));
        HttpContent made = content.Text("kind") == "bytes" ? new ByteArrayContent(bytes) : new StreamContent(new MemoryStream(bytes));
        foreach (var (name, value) in Pairs(content, "headers"))
        {
            made.Headers.TryAddWithoutValidation(name, value).Should().BeTrue();
        }

        return made;
    }
}
