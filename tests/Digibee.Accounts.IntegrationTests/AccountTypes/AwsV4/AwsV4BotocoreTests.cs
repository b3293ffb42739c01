using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

/// <summary>AWS's signer for Python beside ours, over requests made by chance.</summary>
public sealed class AwsV4BotocoreTests
{
    private const string SecretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, "FwoGZXIvYXdzEXAMPLE/session+token==")]
    public async Task Sign_OfThreeThousandRandomRequests_AgreesWithBotocore(int seed, string? token)
    {
        if (await TestbedServer.FindMissingAsync("botocore") is { } missing)
        {
            TestbedServer.LeaveOut(missing, TestbedServer.IsRequired);
        }

        var recorder = new Recorder();
        await using var accounts = await AccountHttpClient.CreateAsync(Account(token), new FakeTimeProvider(new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero)), recorder);
        var random = new Random(seed);
        for (var i = 0; i < 3_000; i++)
        {
            var request = new AwsV4RandomRequest(random);
            using var message = request.Build().UseAccount("aws", new AwsV4Signing { SignedHeaders = request.Headers });
            using var response = await accounts.Http.SendAsync(message);
        }

        var theirs = await RunAsync(recorder.Cases);

        theirs.Should().HaveCount(3_000);
        for (var i = 0; i < theirs.Count; i++)
        {
            var (ours, other) = (recorder.Signatures[i], theirs[i]);
            ours.BodyHash.Should().Be(other.GetProperty("body_hash").GetString());
            ours.SignedHeaders.Should().Be(other.GetProperty("signed_headers").GetString(), "of {0}", recorder.Cases[i]);
            ours.Signature.Should().Be(other.GetProperty("signature").GetString(), "of {0}, in which botocore reads {1}", recorder.Cases[i], other.GetProperty("canonical_request").GetString());
        }
    }

    private static AwsV4Account Account(string? token) => new()
    {
        Name = "aws",
        AccessKeyId = "AKIDEXAMPLE",
        SecretAccessKey = new Secret(SecretKey),
        SessionToken = token is null ? null : new Secret(token),
        AllowedOrigins = ["https://*.amazonaws.com", "https://*.amazonaws.com:8443"],
    };

    private static async Task<List<JsonElement>> RunAsync(IEnumerable<string> cases)
    {
        var start = new ProcessStartInfo("python3", [Path.Combine(AppContext.BaseDirectory, "AccountTypes", "AwsV4", "botocore_signer.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        foreach (var line in cases)
        {
            await process.StandardInput.WriteLineAsync(line);
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0, await error);
        return [.. (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonSerializer.Deserialize<JsonElement>(line))];
    }

    /// <summary>In place of the network: keeps what would be sent, and what of it is the signature.</summary>
    private sealed class Recorder : DelegatingHandler
    {
        public List<string> Cases { get; } = [];

        public List<(string SignedHeaders, string Signature, string BodyHash)> Signatures { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var headers = request.Headers.NonValidated.Concat(request.Content?.Headers.NonValidated ?? default).ToDictionary(static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            headers.Remove("Authorization", out var authorization);
            var parts = authorization!.Split(' ', ',', '=').Where(static part => part.Length > 0).ToArray();
            var scope = parts[2].Split('/');
            Signatures.Add((parts[4], parts[6], headers["X-Amz-Content-Sha256"]));
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
}
