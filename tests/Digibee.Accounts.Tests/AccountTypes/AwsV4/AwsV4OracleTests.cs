using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Signing;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

/// <summary>AWS's own signer for .NET beside ours, in the same process.</summary>
public sealed class AwsV4OracleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    private const string SecretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    // What the SDK 4.0.102.19 signs otherwise than a service reads it. Random requests hold the first only.
    public static TheoryData<string, Func<HttpRequestMessage>> Differences => new()
    {
        { "it sorts parameters before it encodes them", static () => new(HttpMethod.Get, "https://abc.execute-api.us-east-1.amazonaws.com/?p[a]=1&p0=2") },
        { "it keeps empty segments of a path", static () => new(HttpMethod.Get, "https://abc.execute-api.us-east-1.amazonaws.com/a//b") },
        { "it reads bytes that are no UTF-8 as text", static () => new(HttpMethod.Get, "https://abc.execute-api.us-east-1.amazonaws.com/?a=%FF") },
        { "it does so in keys of S3", static () => new(HttpMethod.Get, "https://bucket.s3.us-east-1.amazonaws.com/%FF") },
        { "it signs the method as it was typed", static () => new(new HttpMethod("patch"), "https://abc.execute-api.us-east-1.amazonaws.com/") },
        { "it signs a plus in a key as one, which S3 reads as a space", static () => new(HttpMethod.Get, "https://bucket.s3.us-east-1.amazonaws.com/a+b") },
        { "it signs dot segments of a URI kept as it is", static () => new(HttpMethod.Get, Raw("https://abc.execute-api.us-east-1.amazonaws.com/a/../b")) },
        { "it trims each value before it joins them", static () => new(HttpMethod.Get, "https://abc.execute-api.us-east-1.amazonaws.com/") { Headers = { { "X-Amz-Meta-A", ["a  ", "b"] } } } },
    };

    [Fact]
    public async Task Sign_OfTenThousandRandomRequests_AgreesWithTheSdkButForTheOrderOfParameters()
    {
        var random = new Random(20261125);
        var orders = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var request = new AwsV4RandomRequest(random);

            var ours = await OursAsync(request.Build(), request.Headers);
            var theirs = await TheirsAsync(request.Build(), request.IsS3);

            if (SortsOtherwise(request.Uri))
            {
                orders += ours.Authorization == theirs.Authorization ? 0 : 1;
                Verify(ours, request.IsS3).Should().BeNull("of {0}", request);
            }
            else
            {
                ours.Authorization.Should().Be(theirs.Authorization, "of {0}", request);
            }
        }

        // As many as have two parameters of which one begins with what is encoded: the rest is the same to the last digit.
        orders.Should().BeInRange(100, 2_000);
    }

    [Theory]
    [MemberData(nameof(Differences))]
    public async Task Sign_OfAKnownDifference_IsWhatTheServiceReads(string what, Func<HttpRequestMessage> build)
    {
        var isS3 = build().RequestUri!.Host.Contains(".s3.", StringComparison.Ordinal);

        var ours = await OursAsync(build(), NameList.Empty);
        var theirs = await TheirsAsync(build(), isS3);

        Verify(ours, isS3).Should().BeNull();
        Verify(theirs, isS3).Should().NotBeNull("{0}: once it agrees, it is no difference any more", what);
    }

    private static Uri Raw(string text) => new(text, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    // By the text of names and values, and by that of their encoded forms: the two orders that the documentation can be read as.
    private static bool SortsOtherwise(Uri uri)
    {
        var pairs = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(static piece => piece.Split('=', 2))
            .Select(static pair => (Name: WebUtility.UrlDecode(pair[0]), Value: pair.Length > 1 ? WebUtility.UrlDecode(pair[1]) : "")).ToArray();
        var byText = pairs.OrderBy(static pair => pair.Name, StringComparer.Ordinal).ThenBy(static pair => pair.Value, StringComparer.Ordinal);
        var byEncodedText = pairs
            .OrderBy(static pair => Uri.EscapeDataString(pair.Name), StringComparer.Ordinal).ThenBy(static pair => Uri.EscapeDataString(pair.Value), StringComparer.Ordinal);
        return !byText.SequenceEqual(byEncodedText);
    }

    private static string? Verify(SentMessage sent, bool isS3) => new AwsV4Verifier(SecretKey).Refuse(sent.Request, isS3);

    private static async Task<SentMessage> OursAsync(HttpRequestMessage message, NameList headers)
    {
        var account = new AwsV4Account
        {
            Name = "aws",
            AccessKeyId = "AKIDEXAMPLE",
            SecretAccessKey = new Secret(SecretKey),
            AllowedOrigins = ["https://*.amazonaws.com", "https://*.amazonaws.com:8443"],
        };
        var primary = new SentMessage();
        using var client = new TestSource((_, _, _) => new(TestSource.Opened(account)))
            .CreateClient(primary, [], static options => options.UseAuthenticator(new AwsV4Authenticator(new AwsV4Clocks(new FakeTimeProvider(Now)))));
        using var response = await client.SendAsync(message.UseAccount("aws", new AwsV4Signing { SignedHeaders = headers }));
        return primary;
    }

    private static async Task<SentMessage> TheirsAsync(HttpRequestMessage message, bool isS3)
    {
        var primary = new SentMessage();
        var parameters = new AWSSigV4Parameters
        {
            Credentials = new BasicAWSCredentials("AKIDEXAMPLE", SecretKey),
            Region = RegionEndpoint.USEast1,
            Service = isS3 ? "s3" : "execute-api",
            SignedAt = Now.UtcDateTime,
        };
        using var client = new HttpClient(new SigV4SigningHandler(parameters, primary));
        using var response = await client.SendAsync(message);
        return primary;
    }

    // What the wire would carry.
    private sealed class SentMessage : HttpMessageHandler
    {
        public RecordedRequest Request { get; private set; } = null!;

        public string Authorization => Request.Header("Authorization")!;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var uri = request.RequestUri!;
            var headers = request.Headers.NonValidated.Concat(request.Content?.Headers.NonValidated ?? default)
                .ToDictionary(static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            headers["Host"] = uri.IsDefaultPort ? uri.IdnHost : $"{uri.IdnHost}:{uri.Port}";
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            Request = new RecordedRequest(uri.Scheme, headers["Host"], HttpMethod.Parse(request.Method.Method).Method, uri.PathAndQuery, headers, body);
            return new HttpResponseMessage();
        }
    }
}
