using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

/// <summary>AWS's signer for JavaScript beside ours, over requests made by chance, signed in their headers and in their query.</summary>
public sealed class AwsV4SmithyTests
{
    private const string Script = "testbed/smithy-signer/sign.sh";

    // Of the script: its packages cannot be had.
    private const int NotInstalled = 3;

    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(3, null)]
    [InlineData(4, "FwoGZXIvYXdzEXAMPLE/session+token==")]
    public async Task Sign_OfThreeThousandRandomRequests_AgreesWithSmithy(int seed, string? token)
    {
        await SkipWithoutNodeAsync();
        var recorder = new AwsV4Recorder();
        await using var accounts = await AccountHttpClient.CreateAsync(AwsV4Recorder.Account(token), new FakeTimeProvider(Now), recorder);
        var random = new Random(seed);
        for (var i = 0; i < 3_000; i++)
        {
            var request = new AwsV4RandomRequest(random);
            using var message = request.Build().UseAccount("aws", new AwsV4Signing { SignedHeaders = request.Headers });
            using var response = await accounts.Http.SendAsync(message);
        }

        var theirs = await AwsV4Oracle.RunAsync(NotInstalled, TestbedScript.PathOf(Script), [], recorder.Cases);

        recorder.Ours.Should().HaveCount(3_000);
        recorder.ShouldAgreeWith(theirs);
    }

    [Theory]
    [InlineData(5, null)]
    [InlineData(6, "FwoGZXIvYXdzEXAMPLE/session+token==")]
    public async Task Presign_OfThreeThousandRandomRequests_AgreesWithSmithy(int seed, string? token)
    {
        await SkipWithoutNodeAsync();
        var recorder = new AwsV4Recorder();
        await using var accounts = await AccountHttpClient.CreateAsync(AwsV4Recorder.Account(token), new FakeTimeProvider(Now));
        var random = new Random(seed);
        for (var i = 0; i < 3_000; i++)
        {
            var request = new AwsV4RandomRequest(random);
            using var message = request.Build();
            var lifetime = random.Next(1, 7 * 24 * 60 * 60 + 1);
            var signed = await accounts.Presigner.PresignAsync("aws", message, TimeSpan.FromSeconds(lifetime), new AwsV4PresignOptions { Signing = new AwsV4Signing { SignedHeaders = request.Headers } });

            recorder.Ours.Add(new(Parameter(signed.Uri, "X-Amz-SignedHeaders"), Parameter(signed.Uri, "X-Amz-Signature"), BodyHash: null, CanonicalRequest: null));
            recorder.Cases.Add(await DescribeAsync(request, message, signed, lifetime, token));
        }

        var theirs = await AwsV4Oracle.RunAsync(NotInstalled, TestbedScript.PathOf(Script), [], recorder.Cases);

        recorder.ShouldAgreeWith(theirs);
    }

    private static async Task<string> DescribeAsync(AwsV4RandomRequest request, HttpRequestMessage message, AwsV4PresignedRequest signed, int lifetime, string? token) => JsonSerializer.Serialize(new
    {
        service = request.IsS3 ? "s3" : "execute-api",
        region = "us-east-1",
        timestamp = "20261125T120000Z",
        secret = AwsV4Recorder.SecretKey,
        method = signed.Method.Method,
        url = Unsigned(signed.Uri),
        headers = signed.Headers.Select(static header => new[] { header.Key, header.Value }),
        body = Convert.ToBase64String(message.Content is null ? [] : await message.Content.ReadAsByteArrayAsync()),
        lifetime,
        token,
    });

    // As it is sent, without what the signature added behind the caller's query.
    private static string Unsigned(Uri uri) => uri.AbsoluteUri[..uri.AbsoluteUri.IndexOf("X-Amz-Algorithm", StringComparison.Ordinal)].TrimEnd('?', '&');

    private static string Parameter(Uri uri, string name) =>
        Uri.UnescapeDataString(uri.Query.Split('?', '&').Single(pair => pair.StartsWith($"{name}=", StringComparison.Ordinal))[(name.Length + 1)..]);

    private static async Task SkipWithoutNodeAsync()
    {
        if (await TestbedServer.FindMissingAsync("smithy-signer") is { } missing)
        {
            TestbedServer.LeaveOut(missing, TestbedServer.IsRequired);
        }
    }
}
