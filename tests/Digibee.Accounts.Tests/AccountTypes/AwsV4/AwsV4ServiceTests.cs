using System.Text;

namespace Digibee.Accounts;

/// <summary>What single services take otherwise than all others, seen on the request that is sent.</summary>
public sealed class AwsV4ServiceTests : NetworkTest
{
    private const string SecretKey = "s3cr3t";

    public static TheoryData<string> BodyHashServices => ["s3", "s3express", "s3-object-lambda", "s3-outposts", "glacier", "aoss", "es", "execute-api"];

    [Theory]
    [MemberData(nameof(BodyHashServices))]
    public async Task SendAsync_ToAService_SendsTheHashOfTheBody(string service)
    {
        await SendAsync(service, new AwsV4Signing(), new StringContent("body"));

        Network.Request.Header("x-amz-content-sha256").Should().Be(AwsV4Case.Hash("body"));
        Refusal(service).Should().BeNull();
    }

    [Theory]
    [InlineData("aoss", false)]
    [InlineData("es", true)]
    public async Task SendAsync_ToOpenSearchServerless_LeavesTheLengthUnsigned(string service, bool isSigned)
    {
        await SendAsync(service, new AwsV4Signing { SignedHeaders = ["Content-Length", "X-Asked"] }, new StringContent("body"));

        var signed = Network.Request.Header("Authorization")!.Split("SignedHeaders=")[1].Split(',')[0].Split(';');
        signed.Contains("content-length").Should().Be(isSigned);
        signed.Should().Contain("x-asked");
        Refusal(service).Should().BeNull();
    }

    [Fact]
    public async Task SendAsync_ToVpcLattice_LeavesTheBodyUnsigned()
    {
        await SendAsync("vpc-lattice-svcs", new AwsV4Signing { PayloadHash = AwsV4Case.Hash("body") }, new StringContent("body"));

        Network.Request.Header("x-amz-content-sha256").Should().Be("UNSIGNED-PAYLOAD");
        Refusal("vpc-lattice-svcs").Should().BeNull();
    }

    [Theory]
    [InlineData(4)]
    [InlineData(1_000_000)]
    public async Task SendAsync_WithABodyThatIsReadOnceAndMayBeBuffered_SignsItsHash(int limit)
    {
        await SendAsync("sqs", new AwsV4Signing { MaxBufferedBytes = limit }, new StreamContent(new UnseekableStream("body"u8.ToArray())));

        Network.Request.Body.Should().Be("body");
        Network.Request.Header("x-amz-content-sha256").Should().Be(AwsV4Case.Hash("body"));
        Refusal("sqs").Should().BeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SendAsync_WithABodyThatIsLongerThanMayBeBuffered_IsRefused(bool saysItsLength)
    {
        var content = new StreamContent(new UnseekableStream(Encoding.ASCII.GetBytes(new string('x', 100_000))));
        content.Headers.ContentLength = saysItsLength ? 100_000 : null;

        var sending = () => SendAsync("sqs", new AwsV4Signing { MaxBufferedBytes = 99_999 }, content);

        var error = (await sending.Should().ThrowAsync<AccountUnavailableException>()).Which;
        error.AccountName.Should().Be("aws");
        error.Message.Should().Contain("MaxBufferedBytes, 99999 bytes").And.Contain("nothing was sent");
        Network.Requests.Should().BeEmpty();
    }

    [Fact]
    public void MaxBufferedBytes_BelowZero_IsRefused()
    {
        var making = () => new AwsV4Signing { MaxBufferedBytes = -1 };

        making.Should().Throw<ArgumentOutOfRangeException>();
    }

    private async Task SendAsync(string service, AwsV4Signing signing, HttpContent content)
    {
        await using var accounts = await TestAccounts.CreateAsync(new AwsV4Account
        {
            Name = "aws",
            AccessKeyId = "AKIDEXAMPLE",
            SecretAccessKey = new Secret(SecretKey),
            Service = service,
            Region = "us-east-1",
            AllowedOrigins = ["https://api.example"],
        });
        using var client = Client(accounts, "aws");
        // Signed as the key that it says for S3 and its kin, and by its segments for all others.
        using var request = new HttpRequestMessage(HttpMethod.Put, "https://api.example/k//a%20b") { Content = content, Headers = { { "X-Asked", "1" } } };
        using var response = await client.SendAsync(request.UseAccount("aws", signing));
    }

    private string? Refusal(string service) => new AwsV4Verifier(SecretKey).Refuse(Network.Request, isS3: service.StartsWith("s3", StringComparison.Ordinal));
}
