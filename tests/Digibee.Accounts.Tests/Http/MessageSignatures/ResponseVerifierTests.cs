using System.Text;
using Microsoft.AspNetCore.Http;

namespace Digibee.Accounts;

/// <summary>Answers of a server that signs by hand, and what becomes of them.</summary>
public sealed class ResponseVerifierTests : SignatureTest
{
    private const string Body = "{\"message\": \"good dog\"}";

    // What the server signs, and what it changes afterwards.
    private string _components = "\"@status\" \"content-digest\" \"@method\";req \"@path\";req";
    private string _parameters = $";created={Second};keyid=\"their-key\"";
    private string _signedMethod = "GET";
    private string _body = Body;
    private Func<string, string> _change = static signature => signature;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SendAsync_WithASignedAnswer_ReturnsIt(bool synchronously)
    {
        await using var accounts = await SaveAsync(Checking);
        using var client = Answering(accounts);

        using var response = await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "https://api.example/a"), synchronously);

        (await response.Content.ReadAsStringAsync()).Should().Be(Body);
        Network.Request.Headers.Keys.Should().NotContain("Signature", "a public key signs nothing");
    }

    [Theory]
    [InlineData("missing", MessageSignatureFailure.Missing)]
    [InlineData("malformed", MessageSignatureFailure.Malformed)]
    [InlineData("wrong", MessageSignatureFailure.Wrong)]
    [InlineData("other request", MessageSignatureFailure.Wrong)]
    [InlineData("old", MessageSignatureFailure.Expired)]
    [InlineData("expired", MessageSignatureFailure.Expired)]
    [InlineData("future", MessageSignatureFailure.NotYetValid)]
    [InlineData("undated", MessageSignatureFailure.NotYetValid)]
    [InlineData("without status", MessageSignatureFailure.Incomplete)]
    [InlineData("without digest", MessageSignatureFailure.Incomplete)]
    [InlineData("unbound", MessageSignatureFailure.Incomplete)]
    [InlineData("other algorithm", MessageSignatureFailure.AlgorithmMismatch)]
    [InlineData("unknown component", MessageSignatureFailure.Malformed)]
    [InlineData("absent component", MessageSignatureFailure.ComponentMissing)]
    public async Task SendAsync_WithAnAnswerThatDoesNotCount_RefusesIt(string defect, MessageSignatureFailure expected)
    {
        await using var accounts = await SaveAsync(Checking);
        using var client = Answering(accounts);
        Break(defect);

        var sending = async () => await client.GetAsync("https://api.example/a", HttpCompletionOption.ResponseHeadersRead);

        var refusal = (await sending.Should().ThrowAsync<MessageSignatureException>()).Which;
        refusal.Failure.Should().Be(expected);
        refusal.AccountName.Should().Be("their-key");
    }

    [Fact]
    public async Task SendAsync_WithANonceASecondTime_RefusesIt()
    {
        await using var accounts = await SaveAsync(Checking);
        using var client = Answering(accounts);
        _parameters += ";nonce=\"once\"";
        using var first = await client.GetAsync("https://api.example/a");

        var sending = async () => await client.GetAsync("https://api.example/a");

        (await sending.Should().ThrowAsync<MessageSignatureException>()).Which.Failure.Should().Be(MessageSignatureFailure.Replayed);
    }

    [Fact]
    public async Task SendAsync_WithoutANonceWhereOneIsNeeded_RefusesIt()
    {
        await using var accounts = await SaveAsync(Checking);
        using var client = Answering(accounts, new() { RequireNonce = true });

        var sending = async () => await client.GetAsync("https://api.example/a");

        (await sending.Should().ThrowAsync<MessageSignatureException>()).Which.Failure.Should().Be(MessageSignatureFailure.NonceMissing);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_OfContentThatWasChanged_FailsBeforeItsEnd(bool isOfKnownLength)
    {
        await using var accounts = await SaveAsync(Checking);
        using var client = Answering(accounts);
        _body = Body.Replace("good", "evil", StringComparison.Ordinal);
        Network.Answer += (_, response) => response.ContentLength = isOfKnownLength ? _body.Length : null;
        using var response = await client.GetAsync("https://api.example/a", HttpCompletionOption.ResponseHeadersRead);

        var reading = async () => await response.Content.ReadAsStringAsync();

        (await reading.Should().ThrowAsync<MessageSignatureException>()).Which.Failure.Should().Be(MessageSignatureFailure.ContentWrong);
    }

    [Theory]
    [InlineData("\"@status\" \"content-digest\" \"@method\";req", false)]
    [InlineData("\"@status\" \"content-digest\" \"@method\";req", true)]
    [InlineData("\"@status\" \"@method\";req", false)]
    [InlineData("\"@status\" \"@method\";req", true)]
    public async Task Read_OfContentBesideALengthOfZero_IsContentWrong(string components, bool isBuffered)
    {
        await using var accounts = await SaveAsync(Checking);
        _components = components;

        // The platform returns chunks beside a Content-Length of 0, and what HTTP/2 brings beside it.
        using var primary = new TestPrimaryHandler(request =>
        {
            var signed = new DefaultHttpContext().Response;
            Sign(new RecordedRequest("https", "api.example", "GET", "/a", new Dictionary<string, string>(StringComparer.Ordinal), ""), signed, status: 200, location: null);
            var response = new HttpResponseMessage { Content = new StringContent("evil"), RequestMessage = request };
            response.Content.Headers.ContentLength = 0;
            foreach (var (name, value) in signed.Headers)
            {
                response.Headers.Add(name, value.ToString());
            }

            return response;
        });
        using var client = new HttpClient(accounts.CreateHandler("their-key", primary, options => options.ResponseVerification = new() { BufferContent = isBuffered }));

        var failure = await FailureOf(() => client.GetAsync("https://api.example/a", HttpCompletionOption.ResponseHeadersRead));

        failure.Should().Be(MessageSignatureFailure.ContentWrong);
    }

    [Theory]
    [InlineData("bs", Body, MessageSignatureFailure.None)]
    [InlineData("bs", "evil", MessageSignatureFailure.ContentWrong)]
    [InlineData("key=\"sha-256\"", Body, MessageSignatureFailure.None)]
    [InlineData("key=\"sha-256\"", "evil", MessageSignatureFailure.ContentWrong)]
    public async Task Read_OfContentWithADigestSignedInAnotherForm_ComparesItWithWhatWasSigned(string parameter, string body, MessageSignatureFailure expected)
    {
        await using var accounts = await SaveAsync(Checking);
        using var client = Answering(accounts, new() { RequiredComponents = ["@status", $"content-digest;{parameter}"] });
        _components = $"\"@status\" \"content-digest\";{parameter} \"@method\";req";
        _body = body;
        if (parameter != "bs")
        {
            // Beside the member that is signed.
            Network.Answer += static (_, response) => response.Headers.Append("Content-Digest", $"sha-512=:{Convert.ToBase64String(System.Security.Cryptography.SHA512.HashData("evil"u8))}:");
        }

        var failure = await FailureOf(() => client.GetAsync("https://api.example/a", HttpCompletionOption.ResponseHeadersRead));

        failure.Should().Be(expected);
    }

    [Fact]
    public async Task SendAsync_WithAnswersToCheckAndNoAccountThatDoes_SendsNothing()
    {
        await using var accounts = await SaveAsync(Signing);
        using var client = new HttpClient(accounts.CreateHandler("our-key", Network.CreateHandler(), static options => options.ResponseVerification = new()));

        var sending = async () => await client.GetAsync("https://api.example/a");

        await sending.Should().ThrowAsync<AccountUnavailableException>().WithMessage("*none of the request's accounts checks answers*");
        Network.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_WithContentThatWasChangedAndIsBuffered_RefusesIt()
    {
        await using var accounts = await SaveAsync(Checking);
        using var client = Answering(accounts, new() { BufferContent = true });
        _body = Body.Replace("good", "evil", StringComparison.Ordinal);

        var sending = async () => await client.GetAsync("https://api.example/a", HttpCompletionOption.ResponseHeadersRead);

        (await sending.Should().ThrowAsync<MessageSignatureException>()).Which.Failure.Should().Be(MessageSignatureFailure.ContentWrong);
    }

    [Theory]
    [InlineData(23, true)]
    [InlineData(22, false)]
    public async Task SendAsync_WithContentThatIsBuffered_KeepsNoMoreThanTheLimit(int limit, bool isKept)
    {
        await using var accounts = await SaveAsync(Checking);
        using var client = Answering(accounts, new() { BufferContent = true, MaxBufferedBytes = limit });

        var sending = async () => await (await client.GetAsync("https://api.example/a", HttpCompletionOption.ResponseHeadersRead)).Content.ReadAsStringAsync();

        if (isKept)
        {
            (await sending()).Should().Be(Body);
        }
        else
        {
            (await sending.Should().ThrowAsync<MessageSignatureException>()).Which.Failure.Should().Be(MessageSignatureFailure.ContentTooLong);
        }
    }

    [Fact]
    public async Task SendAsync_RedirectedToWhereTheKeyDoesNotGo_ReturnsTheSignedRedirect()
    {
        await using var accounts = await SaveAsync(Checking);
        using var client = Answering(accounts);
        _components = "\"@status\" \"@path\";req";
        _body = "";
        Network.Answer = (request, response) => Sign(request, response, status: 302, location: "https://other.example/");

        using var response = await client.GetAsync("https://api.example/a");

        ((int)response.StatusCode).Should().Be(302);
        Network.Requests.Should().ContainSingle("nobody would check what comes from there");
    }

    [Theory]
    [InlineData(true, MessageSignatureFailure.None)]
    [InlineData(false, MessageSignatureFailure.ComponentMissing)]
    public async Task SendAsync_WithASignedTrailer_NeedsTheContentBuffered(bool isBuffered, MessageSignatureFailure expected)
    {
        await using var accounts = await SaveAsync(Checking);
        using var client = Answering(accounts, new() { BufferContent = isBuffered });

        // Kestrel sends no trailers by HTTP/1.1.
        client.DefaultRequestVersion = System.Net.HttpVersion.Version20;
        client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        _components += " \"x-check\";tr";
        var write = Network.AnswerBody;
        Network.AnswerBody = async (request, response) =>
        {
            response.DeclareTrailer("X-Check");
            await write(request, response);
            response.AppendTrailer("X-Check", "passed");
        };

        var failure = await FailureOf(() => client.GetAsync("https://api.example/a", HttpCompletionOption.ResponseHeadersRead));

        failure.Should().Be(expected);
    }

    [Theory]
    [InlineData(true, MessageSignatureFailure.None)]
    [InlineData(false, MessageSignatureFailure.Wrong)]
    public async Task SendAsync_WithAnAnswerBoundToTheRequestsSignature_TakesTheTrueOneOnly(bool isOfThisRequest, MessageSignatureFailure expected)
    {
        await using var accounts = await SaveAsync(Shared);
        using var client = new HttpClient(accounts.CreateHandler("shared", Network.CreateHandler(), static options => options.ResponseVerification = new()));
        Network.Answer = (request, response) =>
        {
            var signature = isOfThisRequest ? request.Header("Signature")!["sig1=".Length..] : ":AAAA:";
            var parameters = $"(\"@status\" \"signature\";req;key=\"sig1\");created={Second}";
            var text = $"\"@status\": 204\n\"signature\";req;key=\"sig1\": {signature}\n\"@signature-params\": {parameters}";
            var mac = System.Security.Cryptography.HMACSHA256.HashData(Convert.FromHexString(Shared.Key.Reveal()), Encoding.ASCII.GetBytes(text));
            response.StatusCode = 204;
            response.Headers["Signature-Input"] = "reply=" + parameters;
            response.Headers["Signature"] = $"reply=:{Convert.ToBase64String(mac)}:";
        };

        var failure = await FailureOf(() => client.GetAsync("https://api.example/a"));

        failure.Should().Be(expected);
    }

    [Fact]
    public async Task SendAsync_WithASecretKey_ChecksAnswersOnlyWhereItIsAsked()
    {
        await using var accounts = await SaveAsync(Shared);
        using var unasked = new HttpClient(accounts.CreateHandler("shared", Network.CreateHandler()));
        using var asked = new HttpClient(accounts.CreateHandler("shared", Network.CreateHandler(), static options => options.ResponseVerification = new()));

        using var response = await unasked.GetAsync("https://api.example/a");
        var sending = async () => await asked.GetAsync("https://api.example/a");

        response.IsSuccessStatusCode.Should().BeTrue();
        (await sending.Should().ThrowAsync<MessageSignatureException>()).Which.Failure.Should().Be(MessageSignatureFailure.Missing);
    }

    private static async Task<MessageSignatureFailure> FailureOf(Func<Task<HttpResponseMessage>> send)
    {
        try
        {
            using var response = await send();
            await response.Content.ReadAsByteArrayAsync();
            return MessageSignatureFailure.None;
        }
        catch (MessageSignatureException exception)
        {
            return exception.Failure;
        }
    }

    private HttpClient Answering(DigibeeAccounts accounts, MessageVerification? verification = null)
    {
        Network.Answer = (request, response) => Sign(request, response, status: 200, location: null);
        Network.AnswerBody = (_, response) => _body.Length == 0 ? Task.CompletedTask : response.Body.WriteAsync(Encoding.UTF8.GetBytes(_body)).AsTask();
        return new HttpClient(accounts.CreateHandler("their-key", Network.CreateHandler(), options => options.ResponseVerification = verification));
    }

    private void Break(string defect)
    {
        (_components, _parameters, _signedMethod, _change) = defect switch
        {
            "missing" => (_components, _parameters, _signedMethod, static _ => ""),
            "malformed" => (_components, _parameters, _signedMethod, static _ => "sig1=nonsense"),
            "wrong" => (_components, _parameters, _signedMethod, static signature => signature.Replace("sig1=:", "sig1=:AAAA", StringComparison.Ordinal)),
            "other request" => (_components, _parameters, "POST", _change),
            "old" => (_components, $";created={Second - 331}", _signedMethod, _change),
            "expired" => (_components, $";created={Second - 60};expires={Second - 31}", _signedMethod, _change),
            "future" => (_components, $";created={Second + 31}", _signedMethod, _change),
            "undated" => (_components, ";keyid=\"their-key\"", _signedMethod, _change),
            "without status" => ("\"content-digest\" \"@method\";req", _parameters, _signedMethod, _change),
            "without digest" => ("\"@status\" \"@method\";req", _parameters, _signedMethod, _change),
            "unbound" => ("\"@status\" \"content-digest\"", _parameters, _signedMethod, _change),
            "other algorithm" => (_components, _parameters + ";alg=\"hmac-sha256\"", _signedMethod, _change),
            "unknown component" => ("\"@status\" \"content-digest\" \"@new\";req", _parameters, _signedMethod, _change),
            "absent component" => ("\"@status\" \"content-digest\" \"@method\";req \"x-absent\"", _parameters, _signedMethod, _change),
            _ => throw new ArgumentOutOfRangeException(nameof(defect)),
        };
    }

    private void Sign(RecordedRequest request, HttpResponse response, int status, string? location)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["\"@status\""] = $"{status}",
            ["\"content-digest\""] = Digest(Body),
            ["\"content-digest\";bs"] = $":{Convert.ToBase64String(Encoding.ASCII.GetBytes(Digest(Body)))}:",
            ["\"content-digest\";key=\"sha-256\""] = Digest(Body)["sha-256=".Length..],
            ["\"@method\";req"] = _signedMethod,
            ["\"@path\";req"] = request.Target.Split('?')[0],
            ["\"@new\";req"] = "new",
            ["\"x-absent\""] = "absent",
            ["\"x-check\";tr"] = "passed",
        };
        var lines = _components.Split(' ').Select(component => $"{component}: {values[component]}\n");
        var signature = _change($"sig1=:{SignBase($"{string.Concat(lines)}\"@signature-params\": ({_components}){_parameters}")}:");
        response.StatusCode = status;
        response.Headers["Content-Digest"] = Digest(Body);
        if (location is not null)
        {
            response.Headers.Location = location;
        }

        if (signature.Length > 0)
        {
            response.Headers["Signature-Input"] = $"sig1=({_components}){_parameters}";
            response.Headers["Signature"] = signature;
        }
    }
}
