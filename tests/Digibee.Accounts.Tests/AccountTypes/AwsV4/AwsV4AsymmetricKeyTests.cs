using System.Net;

namespace Digibee.Accounts;

/// <summary>Requests signed with Signature Version 4A as a server receives them.</summary>
public sealed class AwsV4AsymmetricKeyTests : NetworkTest
{
    // Of the pair that all examples of AWS use, as aws-c-auth publishes it (tests/aws-signing-test-suite/v4a).
    private const string X = "b6618f6a65740a99e650b33b6b4b5bd0d43b176d721a3edfea7e7d2d56d936b1";
    private const string Y = "865ed22a7eadc9c5cb9d2cbaca1b3699139fedc5043dc6661864218330c8e518";

    [Fact]
    public async Task SendAsync_WithRegions_IsVerifiedByThePublishedPublicKey()
    {
        using var publicKey = AwsV4PublicKey.Of(X, Y);
        using var request = new HttpRequestMessage(HttpMethod.Put, "https://api.example/a//b?c=d+e") { Content = new StringContent("body") };
        request.Headers.Add("X-Amz-Region-Set", "stale");

        await SendAsync(request, new AwsV4Signing { RegionSet = ["us-east-1", "eu-*"] });

        var received = Network.Request;
        received.Header("x-amz-region-set").Should().Be("us-east-1,eu-*");
        received.Header("authorization").Should().StartWith("AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/")
            .And.Contain("/s3/aws4_request, SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-amz-region-set, Signature=30");
        AwsV4Verifier.Verifies(received, publicKey, isS3: true).Should().BeTrue();
        AwsV4Verifier.Verifies(received with { Target = "/another" }, publicKey, isS3: true).Should().BeFalse();
        request.Headers.GetValues("X-Amz-Region-Set").Should().Equal("stale");
    }

    [Fact]
    public async Task SendAsync_WithoutRegions_SendsNoRegionSet()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/");
        request.Headers.Add("X-Amz-Region-Set", "stale");

        await SendAsync(request, new AwsV4Signing { Region = "us-east-1" });

        Network.Request.Header("x-amz-region-set").Should().BeNull();
    }

    private async Task SendAsync(HttpRequestMessage request, AwsV4Signing signing)
    {
        // No region of its own: with a region set none is needed.
        var account = new AwsV4Account
        {
            Name = "aws",
            AccessKeyId = "AKIDEXAMPLE",
            SecretAccessKey = new Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
            Service = "s3",
            AllowedOrigins = ["https://api.example"],
        };
        var source = new TestSource((_, _, _) => ValueTask.FromResult(TestSource.Opened(account)));
        using var client = source.CreateClient(Network.CreateHandler(), ["aws"]);
        request.UseAccount("aws", signing);
        using var response = await client.SendAsync(request);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }
}
