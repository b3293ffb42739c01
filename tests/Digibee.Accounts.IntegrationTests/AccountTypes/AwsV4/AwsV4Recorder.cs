using System.Net;
using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>In place of the network: keeps what would be sent, as other signers are told it, and what of it is the signature.</summary>
internal sealed class AwsV4Recorder : DelegatingHandler
{
    public const string SecretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    /// <summary>Gets the requests, each as JSON.</summary>
    public List<string> Cases { get; } = [];

    public List<AwsV4OracleAnswer> Ours { get; } = [];

    /// <summary>Gives the account that signs.</summary>
    public static AwsV4Account Account(string? token) => new()
    {
        Name = "aws",
        AccessKeyId = "AKIDEXAMPLE",
        SecretAccessKey = new Secret(SecretKey),
        SessionToken = token is null ? null : new Secret(token),
        AllowedOrigins = ["https://*.amazonaws.com", "https://*.amazonaws.com:8443"],
    };

    /// <summary>Compares what was recorded with what somebody else makes of it.</summary>
    public void ShouldAgreeWith(IReadOnlyList<AwsV4OracleAnswer> theirs)
    {
        theirs.Should().HaveCount(Ours.Count);
        for (var i = 0; i < theirs.Count; i++)
        {
            Ours[i].BodyHash.Should().Be(theirs[i].BodyHash, "of {0}", Cases[i]);
            Ours[i].SignedHeaders.Should().Be(theirs[i].SignedHeaders, "of {0}", Cases[i]);
            Ours[i].Signature.Should().Be(theirs[i].Signature, "of {0}, in which the other reads {1}", Cases[i], theirs[i].CanonicalRequest);
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var headers = request.Headers.NonValidated.Concat(request.Content?.Headers.NonValidated ?? default).ToDictionary(static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        headers.Remove("Authorization", out var authorization);
        var parts = authorization!.Split(' ', ',', '=').Where(static part => part.Length > 0).ToArray();
        var scope = parts[2].Split('/');
        Ours.Add(new(parts[4], parts[6], headers["X-Amz-Content-Sha256"], CanonicalRequest: null));
        Cases.Add(JsonSerializer.Serialize(new
        {
            service = scope[3],
            region = scope[2],
            timestamp = headers["X-Amz-Date"],
            secret = SecretKey,
            method = HttpMethod.Parse(request.Method.Method).Method,
            url = request.RequestUri!.AbsoluteUri,
            headers = headers.Select(static header => new[] { header.Key, header.Value }),
            body = Convert.ToBase64String(request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken)),
        }));
        return new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request };
    }
}
