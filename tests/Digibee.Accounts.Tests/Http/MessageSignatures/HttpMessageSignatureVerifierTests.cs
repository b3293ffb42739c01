using System.Security.Cryptography;
using System.Text;

namespace Digibee.Accounts;

public sealed class HttpMessageSignatureVerifierTests : SignatureTest
{
    private const string Covered = "\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\"";
    private const string Body = "{\"hello\": \"world\"}";

    [Fact]
    public async Task VerifyAsync_OfASignedRequest_SaysWhatWasSigned()
    {
        await using var accounts = await SaveAsync(Checking);

        var result = await Verifier(accounts).VerifyAsync(Request($";created={Second};keyid=\"shop\";nonce=\"n\";tag=\"t\";expires={Second + 60}"), "their-key");

        result.Should().BeEquivalentTo(new
        {
            IsValid = true,
            Failure = MessageSignatureFailure.None,
            Reason = "",
            AccountName = "their-key",
            Label = "a",
            KeyId = "shop",
            Nonce = "n",
            Tag = "t",
            CreatedAt = (DateTimeOffset?)DateTimeOffset.FromUnixTimeSeconds(Second),
            ExpiresAt = (DateTimeOffset?)DateTimeOffset.FromUnixTimeSeconds(Second + 60),
        });
        result.Components.Should().Equal(Covered.Split(' '));
    }

    [Fact]
    public async Task VerifyAsync_OfARequestASecondTime_IsAReplayOnlyWithANonce()
    {
        await using var accounts = await SaveAsync(Checking);
        var verifier = Verifier(accounts);

        await verifier.VerifyAsync(Request($";created={Second};nonce=\"n\""), "their-key");

        (await verifier.VerifyAsync(Request($";created={Second};nonce=\"n\""), "their-key")).Failure.Should().Be(MessageSignatureFailure.Replayed);
        (await verifier.VerifyAsync(Request($";created={Second}"), "their-key")).IsValid.Should().BeTrue();
        (await verifier.VerifyAsync(Request($";created={Second}"), "their-key")).IsValid.Should().BeTrue();
    }

    [Fact]
    public async Task VerifyAsync_OfSeveralSignaturesASecondTime_IsAReplay()
    {
        await using var accounts = await SaveAsync(Checking);
        var verifier = Verifier(accounts);

        var first = await verifier.VerifyAsync(Twice(), "their-key");
        var second = await verifier.VerifyAsync(Twice(), "their-key");

        first.IsValid.Should().BeTrue();
        second.Failure.Should().Be(MessageSignatureFailure.Replayed, "the second signature's nonce was not seen, but the message was");

        static ReceivedHttpRequest Twice()
        {
            var parameters = ((string[])["n", "m"]).Select(static nonce => $"(\"@method\" \"@target-uri\");created={Second};nonce=\"{nonce}\"").ToArray();
            var signatures = parameters.Select(static text => SignBase($"\"@method\": GET\n\"@target-uri\": https://api.example/\n\"@signature-params\": {text}")).ToArray();
            return new ReceivedHttpRequest("GET", "https://api.example/", name => name switch
            {
                "signature-input" => [$"a={parameters[0]}", $"b={parameters[1]}"],
                "signature" => [$"a=:{signatures[0]}:", $"b=:{signatures[1]}:"],
                _ => null,
            });
        }
    }

    [Fact]
    public async Task VerifyByKeyIdAsync_OfANonceThatEndsWhileItsKeyIsFound_IsExpired()
    {
        await using var accounts = await SaveAsync(Checking);

        var result = await Verifier(accounts).VerifyByKeyIdAsync(Request($";created={Second};nonce=\"n\""), async (_, cancellationToken) =>
        {
            Time.Advance(TimeSpan.FromSeconds(331));
            return await accounts.Vault.OpenAsync("their-key", cancellationToken);
        });

        result.Failure.Should().Be(MessageSignatureFailure.Expired);
    }

    [Fact]
    public async Task VerifyAsync_OfANonceOnAWrongSignature_DoesNotRememberIt()
    {
        await using var accounts = await SaveAsync(Checking);
        var verifier = Verifier(accounts);

        var wrong = await verifier.VerifyAsync(Request($";created={Second};nonce=\"n\"", method: "PUT"), "their-key");

        wrong.Failure.Should().Be(MessageSignatureFailure.Wrong);
        (await verifier.VerifyAsync(Request($";created={Second};nonce=\"n\""), "their-key")).IsValid.Should().BeTrue();
    }

    [Theory]
    [InlineData("POST", "/orders", true)]
    [InlineData("GET", "/orders", false)]
    [InlineData("POST", "/other", false)]
    [InlineData("POST", "/orders?x", false)]
    public async Task VerifyAsync_OfAnotherRequest_IsWrong(string method, string target, bool isValid)
    {
        await using var accounts = await SaveAsync(Checking);

        var result = await Verifier(accounts).VerifyAsync(Request($";created={Second}", method: method, target: target), "their-key");

        result.Failure.Should().Be(isValid ? MessageSignatureFailure.None : MessageSignatureFailure.Wrong);
    }

    [Fact]
    public async Task VerifyAsync_OfABodyThatWasChanged_IsContentWrong()
    {
        await using var accounts = await SaveAsync(Checking);

        var result = await Verifier(accounts).VerifyAsync(Request($";created={Second}", body: "{\"hello\": \"there\"}"), "their-key");

        result.Failure.Should().Be(MessageSignatureFailure.ContentWrong);
    }

    [Fact]
    public async Task VerifyAsync_OfABody_WindsItBack()
    {
        await using var accounts = await SaveAsync(Checking);
        var request = Request($";created={Second}");

        await Verifier(accounts).VerifyAsync(request, "their-key");

        new StreamReader(request.Body!).ReadToEnd().Should().Be(Body);
    }

    [Theory]
    [InlineData("content-length", "5", MessageSignatureFailure.Incomplete)]
    [InlineData("transfer-encoding", "chunked", MessageSignatureFailure.Incomplete)]
    [InlineData("content-length", "0", MessageSignatureFailure.None)]
    public async Task VerifyAsync_OfContentThatIsNotSigned_IsIncomplete(string header, string value, MessageSignatureFailure expected)
    {
        await using var accounts = await SaveAsync(Checking);
        var request = Request($";created={Second}", covered: "\"@method\" \"@target-uri\"", body: null, more: (header, value));

        (await Verifier(accounts).VerifyAsync(request, "their-key")).Failure.Should().Be(expected);
    }

    [Fact]
    public async Task CheckContent_OfContentThatIsNotSigned_FailsAtItsFirstByte()
    {
        await using var accounts = await SaveAsync(Checking);
        var result = await Verifier(accounts).VerifyAsync(Request($";created={Second}", covered: "\"@method\" \"@target-uri\"", body: null), "their-key");

        var reading = () => result.CheckContent(new MemoryStream([1])).ReadByte();

        reading.Should().Throw<MessageSignatureException>().Which.Failure.Should().Be(MessageSignatureFailure.ContentWrong);
        result.CheckContent(new MemoryStream()).ReadByte().Should().Be(-1);
    }

    [Theory]
    [InlineData(Body, true)]
    [InlineData("{\"hello\": \"there\"}", false)]
    [InlineData("{\"hello\": \"world\"", false)]
    public async Task CheckContent_OfSignedContent_FailsAtItsEndWhereItDiffers(string body, bool isRight)
    {
        await using var accounts = await SaveAsync(Checking);
        var result = await Verifier(accounts).VerifyAsync(Request($";created={Second}", body: null), "their-key");

        var reading = async () => await new StreamReader(result.CheckContent(new MemoryStream(Encoding.UTF8.GetBytes(body)))).ReadToEndAsync();

        if (isRight)
        {
            (await reading()).Should().Be(body);
        }
        else
        {
            (await reading.Should().ThrowAsync<MessageSignatureException>()).Which.Failure.Should().Be(MessageSignatureFailure.ContentWrong);
        }
    }

    [Fact]
    public async Task CheckContent_OfAKnownLength_FailsAtTheLastByteForAReaderThatStopsThere()
    {
        await using var accounts = await SaveAsync(Checking);
        var result = await Verifier(accounts).VerifyAsync(Request($";created={Second}", body: null), "their-key");
        var changed = Encoding.UTF8.GetBytes(Body.Replace("world", "there"));
        var bytes = new byte[changed.Length];

        var reading = () => result.CheckContent(new MemoryStream(changed), changed.Length).ReadExactly(bytes);

        reading.Should().Throw<MessageSignatureException>().Which.Failure.Should().Be(MessageSignatureFailure.ContentWrong);
        bytes.Should().OnlyContain(static b => b == 0, "nothing that is wrong is handed out with the last byte");
    }

    [Fact]
    public async Task CheckContent_OfASignatureThatDoesNotCount_Throws()
    {
        await using var accounts = await SaveAsync(Checking);
        var result = await Verifier(accounts).VerifyAsync(new ReceivedHttpRequest("GET", "https://api.example/", static _ => null), "their-key");

        var checking = () => result.CheckContent(Stream.Null);

        result.Failure.Should().Be(MessageSignatureFailure.Missing);
        checking.Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public async Task VerifyByKeyIdAsync_WithAKeyIdThatIsKnown_TakesThatKey()
    {
        await using var accounts = await SaveAsync(Checking);

        var known = await Verifier(accounts).VerifyByKeyIdAsync(Request($";created={Second};keyid=\"shop\""), Find);
        var unknown = await Verifier(accounts).VerifyByKeyIdAsync(Request($";created={Second};keyid=\"other\""), Find);
        var none = await Verifier(accounts).VerifyByKeyIdAsync(Request($";created={Second}"), Find);

        known.IsValid.Should().BeTrue();
        unknown.Failure.Should().Be(MessageSignatureFailure.UnknownKey);
        none.Failure.Should().Be(MessageSignatureFailure.UnknownKey);

        async ValueTask<OpenedAccount?> Find(string keyId, CancellationToken cancellationToken) => keyId == "shop" ? await accounts.Vault.OpenAsync("their-key", cancellationToken) : null;
    }

    [Fact]
    public async Task VerifyAsync_WithTheMacOfAPublicKey_IsNoSignature()
    {
        await using var accounts = await SaveAsync(Checking);
        var request = Request($";created={Second};alg=\"hmac-sha256\"", sign: static text => Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Checking.Key.Reveal()), Encoding.ASCII.GetBytes(text))));
        var unnamed = Request($";created={Second}", sign: static text => Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Checking.Key.Reveal()), Encoding.ASCII.GetBytes(text))));

        (await Verifier(accounts).VerifyAsync(request, "their-key")).Failure.Should().Be(MessageSignatureFailure.AlgorithmMismatch);
        (await Verifier(accounts).VerifyAsync(unnamed, "their-key")).Failure.Should().Be(MessageSignatureFailure.Wrong);
    }

    [Theory]
    [InlineData("\"@method\" \"@method\"")]
    [InlineData("\"@method\" \"@signature-params\"")]
    [InlineData("\"@method\" \"Host\"")]
    [InlineData("\"@method\" \"content-type\";sf;bs")]
    [InlineData("\"@method\" \"@path\";sf")]
    [InlineData("\"@method\" \"x\";unknown")]
    [InlineData("\"@query-param\"")]
    [InlineData("@method")]
    public async Task VerifyAsync_OfComponentsThatNobodyMayWrite_IsMalformed(string covered)
    {
        await using var accounts = await SaveAsync(Checking);
        var request = new ReceivedHttpRequest("GET", "https://api.example/", name => name switch
        {
            "signature-input" => [$"a=({covered});created={Second}"],
            "signature" => ["a=:AAAA:"],
            _ => null,
        });

        (await Verifier(accounts).VerifyAsync(request, "their-key")).Failure.Should().Be(MessageSignatureFailure.Malformed);
    }

    private HttpMessageSignatureVerifier Verifier(DigibeeAccounts accounts) => new(accounts.Vault, timeProvider: Time);

    // A POST of the body to /orders is signed, whatever is received.
    private static ReceivedHttpRequest Request(
        string parameters,
        string covered = Covered,
        string method = "POST",
        string target = "/orders",
        string? body = Body,
        (string Name, string Value) more = default,
        Func<string, string>? sign = null)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["\"@method\""] = "POST",
            ["\"@authority\""] = "api.example",
            ["\"@target-uri\""] = "https://api.example/orders",
            ["\"@path\""] = "/orders",
            ["\"@query\""] = "?",
            ["\"content-digest\""] = Digest(Body),
        };
        var lines = covered.Split(' ').Select(component => $"{component}: {values[component]}\n");
        var signature = (sign ?? SignBase)($"{string.Concat(lines)}\"@signature-params\": ({covered}){parameters}");
        return new ReceivedHttpRequest(method, $"https://API.example:443{target}", name => name switch
        {
            "signature-input" => [$"a=({covered}){parameters}"],
            "signature" => [$"a=:{signature}:"],
            "content-digest" => [Digest(Body)],
            _ => name == more.Name ? [more.Value] : null,
        })
        {
            Body = body is null ? null : new MemoryStream(Encoding.UTF8.GetBytes(body)),
        };
    }
}
