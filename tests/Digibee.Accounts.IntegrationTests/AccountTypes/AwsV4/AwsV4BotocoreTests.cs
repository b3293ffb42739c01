using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

/// <summary>AWS's signer for Python beside ours, over requests made by chance.</summary>
public sealed class AwsV4BotocoreTests
{
    [Theory]
    [InlineData(1, null)]
    [InlineData(2, "FwoGZXIvYXdzEXAMPLE/session+token==")]
    public async Task Sign_OfThreeThousandRandomRequests_AgreesWithBotocore(int seed, string? token)
    {
        if (await TestbedServer.FindMissingAsync("botocore") is { } missing)
        {
            TestbedServer.LeaveOut(missing, TestbedServer.IsRequired);
        }

        var recorder = new AwsV4Recorder();
        await using var accounts = await AccountHttpClient.CreateAsync(AwsV4Recorder.Account(token), new FakeTimeProvider(new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero)), recorder);
        var random = new Random(seed);
        for (var i = 0; i < 3_000; i++)
        {
            var request = new AwsV4RandomRequest(random);
            using var message = request.Build().UseAccount("aws", new AwsV4Signing { SignedHeaders = request.Headers });
            using var response = await accounts.Http.SendAsync(message);
        }

        var theirs = await AwsV4Oracle.RunAsync(notInstalled: null, "python3", [Path.Combine(AppContext.BaseDirectory, "AccountTypes", "AwsV4", "botocore_signer.py")], recorder.Cases);

        recorder.Ours.Should().HaveCount(3_000);
        recorder.ShouldAgreeWith(theirs);
    }
}
