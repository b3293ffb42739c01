using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>One published request: what is given, and what is expected of each step.</summary>
internal sealed class AwsV4Case
{
    private AwsV4Case(string method, string target, AwsV4PathRule pathRule)
    {
        Method = method;
        Target = target;
        PathRule = pathRule;
    }

    public string Method { get; private set; }

    public string Target { get; }

    public AwsV4PathRule PathRule { get; }

    /// <summary>Gets the headers that are signed, in the order of the request.</summary>
    public List<(string Name, string Value)> Headers { get; } = [];

    public required string Payload { get; set; }

    public string AccessKeyId { get; private set; } = "";

    public string SecretAccessKey { get; private set; } = "";

    public string Region { get; private set; } = "";

    public string Service { get; private set; } = "";

    public AwsV4Instant Instant { get; private set; } = null!;

    public string CanonicalRequest { get; private set; } = "";

    public string StringToSign { get; private set; } = "";

    public string Authorization { get; private set; } = "";

    /// <summary>Reads a case of aws-c-auth. What its runner adds is in no file: the README of the folder says it.</summary>
    public static AwsV4Case AwsCAuth(string name)
    {
        var folder = AwsV4Vectors.PathOf($"aws-c-auth/v4/{name}");
        var context = AwsV4Vectors.Json(Path.Combine(folder, "context.json"));
        var credentials = context.GetProperty("credentials");
        var signsBody = context.GetProperty("sign_body").GetBoolean();
        var test = Parse(
            File.ReadAllText(Path.Combine(folder, "request.txt")),
            context.GetProperty("normalize").GetBoolean() ? AwsV4PathRule.NormalizeAndEncode : AwsV4PathRule.Encode,
            hashBody: signsBody);
        test.SetScope(credentials.Text("access_key_id"), credentials.Text("secret_access_key"), context.Text("region"), context.Text("service"), Time(context.Text("timestamp")));
        if (credentials.TryGetProperty("token", out var token) && !context.TryGetProperty("omit_session_token", out _))
        {
            test.Headers.Add(("X-Amz-Security-Token", token.GetString()!));
        }

        test.Headers.Add(("X-Amz-Date", test.Instant.Text));
        if (signsBody)
        {
            test.Headers.Add(("x-amz-content-sha256", test.Payload));
        }

        test.CanonicalRequest = File.ReadAllText(Path.Combine(folder, "header-canonical-request.txt"));
        test.StringToSign = File.ReadAllText(Path.Combine(folder, "header-string-to-sign.txt"));
        test.Authorization = AuthorizationOf(File.ReadAllText(Path.Combine(folder, "header-signed-request.txt")));
        test.Authorization.Should().EndWith(File.ReadAllText(Path.Combine(folder, "header-signature.txt")));
        return test;
    }

    public static AwsV4Case Botocore(string name)
    {
        string Read(string extension) => File.ReadAllText(AwsV4Vectors.PathOf($"botocore/{name}/{name}.{extension}"));

        var test = Parse(Read("req"), AwsV4PathRule.NormalizeAndEncode, hashBody: true);
        test.SetScope("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "us-east-1", "service", Time("20150830T123600Z"));
        test.CanonicalRequest = Read("creq");
        test.StringToSign = Read("sts");
        test.Authorization = Read("authz");
        return test;
    }

    /// <summary>Reads a file of <c>s3-docs</c> or <c>inline</c>.</summary>
    public static AwsV4Case Json(string path)
    {
        var file = AwsV4Vectors.Json(AwsV4Vectors.PathOf(path));
        var request = file.GetProperty("request");
        var uri = new Uri(request.Text("url"));
        var body = request.TryGetProperty("body_utf8", out var text) ? text.GetString()! : "";
        var payload = file.Text("payload") == "sha256" ? Hash(body) : file.Text("payload");
        var rule = file.Text("path_mode") == "s3" ? AwsV4PathRule.Reencode : AwsV4PathRule.NormalizeAndEncode;
        var test = new AwsV4Case(request.Text("method"), uri.PathAndQuery, rule) { Payload = payload };
        var credentials = file.GetProperty("credentials");
        test.SetScope(credentials.Text("access_key_id"), credentials.Text("secret_access_key"), file.Text("region"), file.Text("service"), Time(file.Text("timestamp")));

        var headers = request.GetProperty("headers").EnumerateArray().Select(static pair => (Name: pair[0].GetString()!, Value: pair[1].GetString()!)).ToList();
        if (!headers.Exists(static header => header.Name.Equals("host", StringComparison.OrdinalIgnoreCase)))
        {
            headers.Add(("Host", AwsV4Host.Of(uri)));
        }

        headers.Add(("X-Amz-Date", test.Instant.Text));
        if (file.GetProperty("sign_content_sha256").GetBoolean())
        {
            headers.Add(("X-Amz-Content-Sha256", payload));
        }

        if (credentials.TryGetProperty("session_token", out var token))
        {
            headers.Add(("X-Amz-Security-Token", token.GetString()!));
        }

        var signed = file.Text("signed_headers").Split(';');
        test.Headers.AddRange(headers.Where(header => signed.Contains(header.Name.ToLowerInvariant())));
        var expected = file.GetProperty("expected");
        test.CanonicalRequest = expected.Text("canonical_request");
        test.StringToSign = expected.Text("string_to_sign");
        test.Authorization = expected.Text("authorization");
        return test;
    }

    public static string Hash(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));

    private static AwsV4Case Parse(string text, AwsV4PathRule rule, bool hashBody)
    {
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        var lines = (end < 0 ? text : text[..end]).TrimEnd('\n').Split('\n');
        var body = end < 0 ? "" : text[(end + 2)..];
        var line = lines[0];
        var target = line[(line.IndexOf(' ') + 1)..line.LastIndexOf(" HTTP/1.1", StringComparison.Ordinal)];
        var test = new AwsV4Case(line[..line.IndexOf(' ')], target, rule) { Payload = Hash(hashBody ? body : "") };
        foreach (var header in lines[1..])
        {
            // A line that begins with white space continues the value before it, which HttpClient never sends.
            if (header[0] is ' ' or '\t')
            {
                var (name, value) = test.Headers[^1];
                test.Headers[^1] = (name, $"{value} {header.Trim(' ', '\t')}");
            }
            else
            {
                var colon = header.IndexOf(':');
                test.Headers.Add((header[..colon], header[(colon + 1)..]));
            }
        }

        return test;
    }

    private static string AuthorizationOf(string signedRequest) =>
        signedRequest.Split('\n').Single(static line => line.StartsWith("Authorization:", StringComparison.Ordinal))["Authorization:".Length..];

    private static DateTimeOffset Time(string text) => DateTimeOffset.ParseExact(
        text, ["yyyyMMdd'T'HHmmss'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private void SetScope(string accessKeyId, string secretAccessKey, string region, string service, DateTimeOffset time)
    {
        AccessKeyId = accessKeyId;
        SecretAccessKey = secretAccessKey;
        Region = region;
        Service = service;
        Instant = new AwsV4Instant(time);
    }
}
