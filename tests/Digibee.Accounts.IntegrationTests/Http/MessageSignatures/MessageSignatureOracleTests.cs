using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>npm's http-message-signatures beside ours: it checks what we sign, and we check what it signs.</summary>
public sealed class MessageSignatureOracleTests
{
    private const int Messages = 40;

    public static TheoryData<string> Algorithms => ["rsa-pss-sha512", "rsa-v1_5-sha256", "ecdsa-p256-sha256", "ecdsa-p384-sha384", "ed25519", "hmac-sha256"];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Sign_OfRequests_IsTakenByNpm(string algorithm)
    {
        var keys = MessageSignatureKeys.For(algorithm);
        var recorder = new Recorder();
        await using var accounts = await AccountHttpClient.CreateAsync(keys.Signing, belowAccounts: recorder);
        for (var i = 0; i < Messages; i++)
        {
            using var message = Message(i).UseAccount(keys.Signing.Name, new MessageSigning { Algorithm = keys.Algorithm, AddAlgorithm = true, AddNonce = i % 2 == 0, Tag = "shop" });
            using var response = await accounts.Http.SendAsync(message);
        }

        var verdicts = await NpmOracles.AnswerAsync(recorder.Messages.Select(message => new { @do = "verify", alg = algorithm, key = keys.PublicText, keyid = keys.Signing.Name, message }));

        verdicts.Should().HaveCount(Messages).And.OnlyContain(static verdict => verdict.GetRawText() == "{\"valid\":true}");
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Verify_OfRequestsThatNpmSigned_TakesThem(string algorithm)
    {
        var keys = MessageSignatureKeys.For(algorithm);
        await using var accounts = await AccountHttpClient.CreateAsync(keys.Checking);
        var verifier = new HttpMessageSignatureVerifier(accounts.Vault, new MessageVerification { Algorithm = keys.Algorithm, RequireNonce = true });
        var tasks = Enumerable.Range(0, Messages).Select(i => new
        {
            @do = "sign",
            alg = algorithm,
            key = keys.PrivateText,
            keyid = "theirs",
            nonce = $"n{i}",
            fields = new[] { "@method", "@target-uri", "content-digest", "x-list" },
            message = new { method = "POST", url = $"https://api.example/orders/{i}?x=%20{i}", headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["content-digest"] = Digest($"body {i}"), ["x-list"] = " a,  b " } },
        }).ToList();

        var answers = await NpmOracles.AnswerAsync(tasks);

        answers.Should().HaveCount(Messages);
        for (var i = 0; i < Messages; i++)
        {
            var headers = answers[i].GetProperty("headers").Deserialize<Dictionary<string, string>>()!.ToDictionary(StringComparer.OrdinalIgnoreCase);
            var received = new ReceivedHttpRequest("POST", tasks[i].message.url, name => headers.TryGetValue(name, out var value) ? [value] : null)
            {
                Body = new MemoryStream(Encoding.UTF8.GetBytes($"body {i}")),
            };

            var result = await verifier.VerifyAsync(received, keys.Checking.Name);

            result.Reason.Should().BeEmpty();
            result.KeyId.Should().Be("theirs");
        }
    }

    private static HttpRequestMessage Message(int i) => new(i % 3 == 0 ? HttpMethod.Get : HttpMethod.Post, $"https://api.example:8443/orders/{i}/a%2Fb?x=%20{i}&y")
    {
        Content = i % 3 == 0 ? null : new StringContent($"{{\"n\": {i}}}", Encoding.UTF8, "application/json"),
    };

    private static string Digest(string body) => $"sha-512=:{Convert.ToBase64String(SHA512.HashData(Encoding.UTF8.GetBytes(body)))}:";

    /// <summary>In place of the network: keeps what would be sent.</summary>
    private sealed class Recorder : DelegatingHandler
    {
        public List<object> Messages { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var headers = request.Headers.NonValidated.Concat(request.Content?.Headers.NonValidated ?? default).ToDictionary(static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            Messages.Add(new { method = request.Method.Method, url = request.RequestUri!.AbsoluteUri, headers });
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request });
        }
    }
}
