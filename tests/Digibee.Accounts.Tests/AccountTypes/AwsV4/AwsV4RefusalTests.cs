using System.Text;

namespace Digibee.Accounts;

/// <summary>What cannot be signed without guessing: nothing is sent, and the error says what to do.</summary>
public sealed class AwsV4RefusalTests
{
    public static TheoryData<string, string> Headers => new()
    {
        { "X-Amz-Meta-Tab", "a\tb" },
        { "X-Amz-Meta-Fold", "a\r\n b" },
        { "X-Amz-Meta-Letter", "ü" },
        { "X-Amz-Meta-Space", "a\u00A0b" },
        { "X-Asked", "a\u007Fb" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public async Task SendAsync_WithAValueThatServicesReadDifferently_NamesTheHeader(string name, string value)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/");
        request.Headers.TryAddWithoutValidation(name, value);
        request.UseAccount("aws", new AwsV4Signing { SignedHeaders = ["x-asked"] });

        var error = await RefusedAsync(Account(), request);

        error.Message.Should().Contain($"'{name}'").And.Contain("UnsignedHeaders").And.NotContain(value);
    }

    [Theory]
    [InlineData("X-Amz-Date")]
    [InlineData("x-amz-content-sha256")]
    [InlineData("X-AMZ-SECURITY-TOKEN")]
    public async Task SendAsync_WithAnOwnHeaderOnTheContent_NamesIt(string name)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, "https://api.example/") { Content = new StringContent("x") };
        request.Content.Headers.TryAddWithoutValidation(name, "x");

        var error = await RefusedAsync(Account(), request);

        error.Message.Should().Contain($"'{name}'");
    }

    [Theory]
    [InlineData("https://api.example/a#b")]
    [InlineData("https://api.example/ü")]
    [InlineData("https://api.example/a b")]
    [InlineData("https://api.example")]
    [InlineData("https://api.example?a=b")]
    public async Task SendAsync_WithARawUriThatGoesOutBroken_IsRefused(string text)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(text, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));

        var error = await RefusedAsync(Account(), request);

        error.Message.Should().Contain("without canonicalisation");
    }

    [Theory]
    [InlineData("?X-Amz-Signature=00")]
    [InlineData("?a=b&x-amz-signature=00")]
    public async Task SendAsync_WithAPresignedUri_IsRefused(string query)
    {
        var error = await RefusedAsync(Account(), new HttpRequestMessage(HttpMethod.Get, "https://api.example/" + query));

        error.Message.Should().Contain("signature already");
    }

    [Fact]
    public async Task SendAsync_WithAStreamThatCanBeReadOnce_SaysWhatCanBeDone()
    {
        var request = new HttpRequestMessage(HttpMethod.Put, "https://api.example/") { Content = new StreamContent(new UnseekableStream("x"u8.ToArray())) };

        var error = await RefusedAsync(Account(), request);

        error.Message.Should().Contain("only once").And.Contain("PayloadHash").And.Contain("AllowContentReplay").And.Contain("AwsV4Signing.Payload");
    }

    [Theory]
    [InlineData("s3", AwsV4PayloadSigning.NotSigned)]
    [InlineData("vpc-lattice-svcs", AwsV4PayloadSigning.Hashed)]
    public async Task SendAsync_WithAnUnsignedPayloadOverClearText_IsRefusedUnlessAllowed(string service, AwsV4PayloadSigning payload)
    {
        var account = Account() with { Service = service, AllowedOrigins = ["http://api.example"] };
        var signing = new AwsV4Signing { Payload = payload };

        var error = await RefusedAsync(account, new HttpRequestMessage(HttpMethod.Put, "http://api.example/").UseAccount("aws", signing));
        var sent = await SendAsync(account, new HttpRequestMessage(HttpMethod.Put, "http://api.example/").UseAccount("aws", signing with { AllowUnsignedPayloadOverHttp = true }));

        error.Message.Should().Contain("AllowUnsignedPayloadOverHttp");
        sent.Should().Contain("X-Amz-Content-Sha256: UNSIGNED-PAYLOAD");
    }

    [Fact]
    public async Task SendAsync_WithContentLengthAskedForAndUnknown_IsRefused()
    {
        var signing = new AwsV4Signing { SignedHeaders = ["Content-Length"], Payload = AwsV4PayloadSigning.NotSigned };
        var chunked = new HttpRequestMessage(HttpMethod.Put, "https://api.example/") { Content = new StringContent("x"), Headers = { TransferEncodingChunked = true } };

        var withoutContent = await RefusedAsync(Account(), new HttpRequestMessage(HttpMethod.Put, "https://api.example/").UseAccount("aws", signing));
        var withChunks = await RefusedAsync(Account(), chunked.UseAccount("aws", signing));

        withoutContent.Message.Should().Contain("Content-Length");
        withChunks.Message.Should().Contain("Content-Length");
    }

    [Theory]
    [InlineData(null, "us-east-1", "Service")]
    [InlineData("s3", null, "Region")]
    public async Task SendAsync_WithAHostThatTellsNothing_NamesTheFieldAndTheWay(string? service, string? region, string field)
    {
        var sending = () => SendAsync(Account() with { Service = service, Region = region }, new HttpRequestMessage(HttpMethod.Get, "https://api.example/"));

        var error = (await sending.Should().ThrowAsync<AccountValidationException>()).Which;
        error.AccountName.Should().Be("aws");
        error.Problems.Should().ContainSingle().Which.Field.Should().Be(field);
        error.Message.Should().Contain("'api.example'").And.Contain($"new AwsV4Signing {{ {field} = ");
    }

    [Fact]
    public async Task SendAsync_WithSettingsForAnAccountOfAnotherType_IsRefused()
    {
        var account = new OAuthBearerAccount { Name = "aws", Token = new Secret("t"), AllowedOrigins = ["https://api.example"] };
        var sending = () => SendAsync(account, new HttpRequestMessage(HttpMethod.Get, "https://api.example/").UseAccount("aws", new AwsV4Signing()));

        (await sending.Should().ThrowAsync<AccountTypeMismatchException>()).WithMessage("*OAuth Bearer*AWS V4*");
    }

    private static AwsV4Account Account() => new()
    {
        Name = "aws",
        AccessKeyId = "AKIDEXAMPLE",
        SecretAccessKey = new Secret("s3cr3t"),
        Service = "s3",
        Region = "us-east-1",
        AllowedOrigins = ["https://api.example"],
    };

    private static async Task<AccountUnavailableException> RefusedAsync(Account account, HttpRequestMessage request)
    {
        var sending = () => SendAsync(account, request);

        var error = (await sending.Should().ThrowAsync<AccountUnavailableException>()).Which;
        error.AccountName.Should().Be("aws");
        error.IsTransient.Should().BeFalse();
        request.Headers.NonValidated.Contains("X-Amz-Date").Should().BeFalse();
        return error;
    }

    private static async Task<string> SendAsync(Account account, HttpRequestMessage request)
    {
        var sent = new StringBuilder();
        using var client = new TestSource((_, _, _) => new(TestSource.Opened(account))).CreateClient(
            new TestPrimaryHandler(message =>
            {
                sent.Append(message.Headers);
                return new HttpResponseMessage();
            }),
            [account.Name]);
        using var response = await client.SendAsync(request);
        return sent.ToString();
    }
}
