using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Digibee.Accounts;

/// <summary>Requests as a server receives them. The signature base is written out by hand: nothing of it comes from the signer.</summary>
public sealed class MessageSignerTests : SignatureTest
{
    private const string EmptyParameters = "(\"@method\" \"@authority\" \"@path\" \"@query\")";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SendAsync_WithASecretKey_HasTheMacOfTheSignatureBase(bool synchronously)
    {
        await using var accounts = await SaveAsync(Shared);
        using var client = Client(accounts, "shared");
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://API.example/orders%2F1?open=a%20b");

        using var response = await client.SendAsync(request, synchronously);

        const string Parameters = EmptyParameters + ";created=1618884473;keyid=\"shared\"";
        var signatureBase = $"\"@method\": GET\n\"@authority\": api.example\n\"@path\": /orders%2F1\n\"@query\": ?open=a%20b\n\"@signature-params\": {Parameters}";
        Network.Request.Header("Signature-Input").Should().Be("sig1=" + Parameters);
        Network.Request.Header("Signature").Should().Be($"sig1=:{Mac(signatureBase)}:");
        request.Headers.Should().BeEmpty("nothing stays on the message");
    }

    [Fact]
    public async Task SendAsync_WithContent_SignsItsDigestAndItsType()
    {
        await using var accounts = await SaveAsync(Shared);
        using var client = Client(accounts, "shared");

        using var response = await client.PostAsync("https://api.example:8443/orders", new StringContent("{\"hello\": \"world\"}", Encoding.UTF8, "application/json"));

        const string Parameters = "(\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\" \"content-type\");created=1618884473;keyid=\"shared\"";
        var signatureBase = "\"@method\": POST\n\"@authority\": api.example:8443\n\"@path\": /orders\n\"@query\": ?\n"
            + "\"content-digest\": sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:\n" // SHA-256, computed with Python
            + $"\"content-type\": application/json; charset=utf-8\n\"@signature-params\": {Parameters}";
        Network.Request.Header("Content-Digest").Should().Be("sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:");
        Network.Request.Header("Signature").Should().Be($"sig1=:{Mac(signatureBase)}:");
    }

    [Fact]
    public async Task SendAsync_WithEveryOption_SaysItInTheParameters()
    {
        await using var accounts = await SaveAsync(Shared);
        using var client = Client(accounts, "shared", static options => options.MessageSigning = new()
        {
            Components = ["@target-uri", "@query-param;name=\"a\"", "priority;sf", "x-list;key=\"b\"", "X-Raw;bs"],
            Label = "ours",
            KeyId = "key \"1\"",
            Lifetime = TimeSpan.FromSeconds(90.5),
            AddNonce = true,
            AddAlgorithm = true,
            Tag = "shop",
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/o?a=1+2");
        request.Headers.Add("Priority", "u=1,   i");
        request.Headers.Add("X-List", "a=1, b=(1  2)");
        request.Headers.Add("X-Raw", ["1", "2"]);

        using var response = await client.SendAsync(request);

        var input = Network.Request.Header("Signature-Input")!;
        var nonce = input.Split("nonce=\"")[1].Split('"')[0];
        var parameters = "(\"@target-uri\" \"@query-param\";name=\"a\" \"priority\";sf \"x-list\";key=\"b\" \"x-raw\";bs);created=1618884473;expires=1618884563;keyid=\"key \\\"1\\\"\";alg=\"hmac-sha256\";nonce=\"" + nonce + "\";tag=\"shop\"";
        input.Should().Be("ours=" + parameters);
        nonce.Should().HaveLength(22);
        Network.Request.Header("Signature").Should().Be("ours=:" + Mac(
            "\"@target-uri\": https://api.example/o?a=1+2\n\"@query-param\";name=\"a\": 1%202\n\"priority\";sf: u=1, i\n\"x-list\";key=\"b\": (1 2)\n\"x-raw\";bs: :MSwgMg==:\n\"@signature-params\": " + parameters) + ":");
    }

    [Fact]
    public async Task SendAsync_WithTwoAccounts_HasBothSignatures()
    {
        await using var accounts = await SaveAsync(Shared, Signing, Checking);
        using var client = new HttpClient(accounts.CreateHandler(["shared", "our-key"], Network.CreateHandler()));

        using var response = await client.PostAsync("https://api.example/", new StringContent("x"));

        Network.Request.Header("Signature-Input").Should().Contain("sig1=").And.Contain(", sig2=");
        (await VerifyAsync(accounts, "shared")).Label.Should().Be("sig1");
        (await VerifyAsync(accounts, "their-key")).Label.Should().Be("sig2");
    }

    [Fact]
    public async Task SendAsync_WithAnotherSignatureOnTheMessage_AddsToIt()
    {
        await using var accounts = await SaveAsync(Shared);
        using var client = Client(accounts, "shared");
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/");
        request.Headers.Add("Signature-Input", "sig1=();created=1");
        request.Headers.Add("Signature", "sig1=:AAAA:");

        using var response = await client.SendAsync(request);

        Network.Request.Header("Signature-Input").Should().StartWith("sig1=();created=1, sig2=(");
        Network.Request.Header("Signature").Should().StartWith("sig1=:AAAA:, sig2=:");
        request.Headers.GetValues("Signature").Should().Equal("sig1=:AAAA:");
    }

    [Theory]
    [InlineData("Signature-Input", "not a dictionary", null)]
    [InlineData("Signature-Input", "mine=()", "mine")]
    public async Task SendAsync_WithASignatureThatCannotBeAddedTo_SendsNothing(string header, string value, string? label)
    {
        await using var accounts = await SaveAsync(Shared);
        using var client = Client(accounts, "shared", options => options.MessageSigning = new() { Label = label });
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/");
        request.Headers.TryAddWithoutValidation(header, value);

        var sending = async () => await client.SendAsync(request);

        await sending.Should().ThrowAsync<AccountUnavailableException>();
        Network.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_WithoutAHeaderThatIsToBeSigned_SendsNothing()
    {
        await using var accounts = await SaveAsync(Shared);
        using var client = Client(accounts, "shared");
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/").UseAccount("shared", new MessageSigning { Components = ["@method", "x-request-id"] });

        var sending = async () => await client.SendAsync(request);

        (await sending.Should().ThrowAsync<AccountUnavailableException>()).WithMessage("*\"x-request-id\"*no such field*");
        Network.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("bytes")]
    [InlineData("stream")]
    [InlineData("one-way stream")]
    [InlineData("multipart")]
    public async Task SendAsync_WithAnyContent_SendsItWholeAndSigned(string kind)
    {
        await using var accounts = await SaveAsync(Signing, Checking);
        using var client = Client(accounts, "our-key", static options => options.MessageSigning = new() { DigestAlgorithm = ContentDigestAlgorithm.Sha512 });
        var body = Encoding.ASCII.GetBytes(new string('x', 300_000));
        HttpContent content = kind switch
        {
            "bytes" => new ByteArrayContent(body),
            "stream" => new StreamContent(new MemoryStream(body)),
            "one-way stream" => new StreamContent(new UnseekableStream(body)),
            _ => new MultipartContent("mixed", "b") { new ByteArrayContent(body) },
        };

        using var response = await client.PostAsync("https://api.example/", content);

        Network.Request.Body.Should().Contain(new string('x', 300_000));
        Network.Request.Header("Content-Digest").Should().Be($"sha-512=:{Convert.ToBase64String(SHA512.HashData(Network.Request.BodyBytes))}:");
        (await VerifyAsync(accounts, "their-key")).IsValid.Should().BeTrue();
    }

    [Fact]
    public async Task SendAsync_WithMoreThanIsKeptOfAOneWayStream_SendsNothing()
    {
        await using var accounts = await SaveAsync(Shared);
        using var client = Client(accounts, "shared", static options => options.MessageSigning = new() { MaxBufferedBytes = 1_000 });

        var sending = async () => await client.PostAsync("https://api.example/", new StreamContent(new UnseekableStream(new byte[1_001])));

        (await sending.Should().ThrowAsync<AccountUnavailableException>()).WithMessage("*MaxBufferedBytes*");
        Network.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_WithADigestOfTheCallers_SignsThatOne()
    {
        await using var accounts = await SaveAsync(Signing, Checking);
        using var client = Client(accounts, "our-key", static options => options.MessageSigning = new() { MaxBufferedBytes = 0 });
        var content = new StreamContent(new UnseekableStream("body"u8.ToArray()));
        content.Headers.Add("Content-Digest", Digest("body"));

        using var response = await client.PostAsync("https://api.example/", content);

        Network.Request.Header("Content-Digest").Should().Be(Digest("body"));
        (await VerifyAsync(accounts, "their-key")).IsValid.Should().BeTrue();
    }

    [Fact]
    public async Task SendAsync_RedirectedWithinTheOrigin_SignsAnew()
    {
        await using var accounts = await SaveAsync(Signing, Checking);
        using var client = Client(accounts, "our-key");
        Network.Redirect("/first", (int)HttpStatusCode.TemporaryRedirect, "/next?x");

        using var response = await client.PostAsync("https://api.example/first", new StringContent("body"));

        Network.Requests.Should().HaveCount(2);
        (await VerifyAsync(accounts, "their-key", Network.Requests[1])).IsValid.Should().BeTrue();
    }

    [Fact]
    public async Task SendAsync_RedirectedElsewhere_TakesNoSignatureAlong()
    {
        await using var accounts = await SaveAsync(Shared);
        using var client = Client(accounts, "shared");
        Network.Redirect("/first", (int)HttpStatusCode.Found, "https://other.example/");

        using var response = await client.GetAsync("https://api.example/first");

        Network.Requests[1].Host.Should().Be("other.example");
        Network.Requests[1].Headers.Keys.Should().NotContain(["Signature", "Signature-Input", "Content-Digest"]);
    }

    [Fact]
    public async Task SendAsync_WithSettingsOnAnAccountOfAnotherType_SendsNothing()
    {
        await using var accounts = await SaveAsync(Checking);
        using var client = Client(accounts, "their-key");

        var sending = async () => await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "https://api.example/").UseAccount("their-key", new MessageSigning()));

        await sending.Should().ThrowAsync<AccountTypeMismatchException>();
        Network.Requests.Should().BeEmpty();
    }

    private static string Mac(string signatureBase) => Convert.ToBase64String(HMACSHA256.HashData(Convert.FromHexString(Shared.Key.Reveal()), Encoding.ASCII.GetBytes(signatureBase)));

    private async Task<MessageSignatureResult> VerifyAsync(DigibeeAccounts accounts, string name, RecordedRequest? request = null) =>
        await new HttpMessageSignatureVerifier(accounts.Vault, timeProvider: Time).VerifyAsync(Received(request ?? Network.Request), name);
}
