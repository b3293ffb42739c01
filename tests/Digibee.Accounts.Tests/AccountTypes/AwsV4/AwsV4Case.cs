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

    /// <summary>Gets the whole header; of a signature in the query, the signature alone.</summary>
    public string Authorization { get; private set; } = "";

    /// <summary>Gets the target as it is sent, where the case signs its query.</summary>
    public string SignedTarget { get; private set; } = "";

    public string? SessionToken { get; private set; }

    public bool AddsTokenAfterSigning { get; private set; }

    /// <summary>Gets the lifetime; 0 for none.</summary>
    public int Seconds { get; private set; }

    /// <summary>Reads a case of aws-c-auth. What its runner adds is in no file: the README of the folder says it.</summary>
    public static AwsV4Case AwsCAuth(string name, string version = "v4")
    {
        var folder = AwsV4Vectors.PathOf($"aws-c-auth/{version}/{name}");
        var context = AwsV4Vectors.Json(Path.Combine(folder, "context.json"));
        var credentials = context.GetProperty("credentials");
        var signsBody = context.GetProperty("sign_body").GetBoolean();
        var test = Parse(
            File.ReadAllText(Path.Combine(folder, "request.txt")),
            context.GetProperty("normalize").GetBoolean() ? AwsV4PathRule.NormalizeAndEncode : AwsV4PathRule.Encode,
            hashBody: signsBody);
        test.SetScope(credentials, context.Text("region"), context.Text("service"), Time(context.Text("timestamp")));
        test.AddsTokenAfterSigning = context.TryGetProperty("omit_session_token", out _);
        if (test.SessionToken is { } token && !test.AddsTokenAfterSigning)
        {
            test.Headers.Add(("X-Amz-Security-Token", token));
        }

        test.Headers.Add(("X-Amz-Date", test.Instant.Text));
        if (version == "v4a")
        {
            test.Headers.Add(("X-Amz-Region-Set", test.Region));
        }

        if (signsBody)
        {
            test.Headers.Add(("x-amz-content-sha256", test.Payload));
        }

        test.CanonicalRequest = File.ReadAllText(Path.Combine(folder, "header-canonical-request.txt"));
        test.StringToSign = File.ReadAllText(Path.Combine(folder, "header-string-to-sign.txt"));
        test.Authorization = AuthorizationOf(File.ReadAllText(Path.Combine(folder, "header-signed-request.txt")));
        if (version == "v4")
        {
            test.Authorization.Should().EndWith(File.ReadAllText(Path.Combine(folder, "header-signature.txt")));
        }

        return test;
    }

    /// <summary>Reads the form of a case of aws-c-auth that signs the query.</summary>
    public static AwsV4Case AwsCAuthQuery(string name, string version)
    {
        var folder = AwsV4Vectors.PathOf($"aws-c-auth/{version}/{name}");
        var context = AwsV4Vectors.Json(Path.Combine(folder, "context.json"));
        var test = AwsCAuth(name, version);
        test.Headers.RemoveAll(static header => header.Name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase));
        test.Seconds = context.GetProperty("expiration_in_seconds").GetInt32();
        test.CanonicalRequest = File.ReadAllText(Path.Combine(folder, "query-canonical-request.txt"));
        test.StringToSign = File.ReadAllText(Path.Combine(folder, "query-string-to-sign.txt"));
        test.Authorization = File.ReadAllText(Path.Combine(folder, "query-signature.txt"));
        var line = File.ReadLines(Path.Combine(folder, "query-signed-request.txt")).First();
        test.SignedTarget = line[(line.IndexOf(' ') + 1)..line.LastIndexOf(" HTTP/1.1", StringComparison.Ordinal)];
        return test;
    }

    public static AwsV4Case Botocore(string name)
    {
        string Read(string extension) => File.ReadAllText(AwsV4Vectors.PathOf($"botocore/{name}/{name}.{extension}"));

        var test = Parse(Read("req"), AwsV4PathRule.NormalizeAndEncode, hashBody: true);
        var credentials = JsonSerializer.SerializeToElement(new { access_key_id = "AKIDEXAMPLE", secret_access_key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" });
        test.SetScope(credentials, "us-east-1", "service", Time("20150830T123600Z"));
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

        // As it was sent: what the platform would encode in it is encoded once more.
        var uri = new Uri(request.Text("url"), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var body = request.TryGetProperty("body_utf8", out var text) ? text.GetString()! : "";
        var payload = file.Text("payload") == "sha256" ? Hash(body) : file.Text("payload");
        var rule = file.Text("path_mode") == "s3" ? AwsV4PathRule.Reencode
            : file.TryGetProperty("normalize_path", out var normalizes) && !normalizes.GetBoolean() ? AwsV4PathRule.Encode : AwsV4PathRule.NormalizeAndEncode;
        var test = new AwsV4Case(request.Text("method"), uri.PathAndQuery, rule) { Payload = payload };
        test.SetScope(file.GetProperty("credentials"), file.Text("region"), file.Text("service"), Time(file.Text("timestamp")));
        test.Seconds = file.TryGetProperty("expires", out var expires) ? expires.GetInt32() : 0;

        var headers = request.GetProperty("headers").EnumerateArray().Select(static pair => (Name: pair[0].GetString()!, Value: pair[1].GetString()!)).ToList();
        if (!headers.Exists(static header => header.Name.Equals("host", StringComparison.OrdinalIgnoreCase)))
        {
            headers.Add(("Host", HostLine.Of(uri)));
        }

        headers.Add(("X-Amz-Date", test.Instant.Text));
        if (file.GetProperty("sign_content_sha256").GetBoolean())
        {
            headers.Add(("X-Amz-Content-Sha256", payload));
        }

        headers.Add(("X-Amz-Region-Set", test.Region));
        if (test.SessionToken is { } token)
        {
            headers.Add(("X-Amz-Security-Token", token));
        }

        var signed = file.Text("signed_headers").Split(';');
        test.Headers.AddRange(headers.Where(header => signed.Contains(header.Name.ToLowerInvariant())));
        var expected = file.GetProperty("expected");
        test.CanonicalRequest = expected.Text("canonical_request");
        test.StringToSign = expected.Text("string_to_sign");
        test.Authorization = expected.TryGetProperty(file.Text("location") == "query" ? "signature" : "authorization", out var authorization) ? authorization.GetString()! : "";
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

    private void SetScope(JsonElement credentials, string region, string service, DateTimeOffset time)
    {
        AccessKeyId = credentials.Text("access_key_id");
        SecretAccessKey = credentials.Text("secret_access_key");
        SessionToken = credentials.TryGetProperty("token", out var token) || credentials.TryGetProperty("session_token", out token) ? token.GetString() : null;
        Region = region;
        Service = service;
        Instant = new AwsV4Instant(time);
    }
}
