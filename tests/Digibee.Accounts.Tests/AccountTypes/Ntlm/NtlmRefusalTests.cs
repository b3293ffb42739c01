namespace Digibee.Accounts;

/// <summary>What a caller is told when a connection cannot be signed in.</summary>
public sealed class NtlmRefusalTests
{
    private static readonly string Challenge = $"NTLM {Convert.ToBase64String(NtlmExample.ChallengeWithTimestamp)}";

    [Fact]
    public async Task WrongUser_OnTheServer_IsRefusedWithWhatItSaidAndWithoutTheSecret()
    {
        await using var server = NtlmTestServer.Start();
        await using var client = await NtlmTestClient.CreateAsync(server.Account with { Password = new Secret("another-password") });

        var refusal = await RefusalAsync<AccountAuthenticationException>(client, server);

        refusal.Message.Should().Be(
            "Account 'intranet' could not sign in with NTLM: localhost refused the user or the password (401, it asks for: NTLM). "
            + "Check user name, password and domain; trying again may lock the user out.");
        var answer = server.Requests.Single(static request => NtlmTestServer.MessageType(request.Head) == 3).Head;
        var token = answer[(answer.IndexOf("NTLM ", StringComparison.Ordinal) + 5)..].Split('\r')[0];
        string.Join('\n', [refusal.ToString(), .. client.Log.Entries]).Should().NotContain("another-password").And.NotContain(token[..40]);
    }

    [Fact]
    public async Task WrongUser_OfTwentyRequestsAtOnceByTwoClients_IsTriedOnce()
    {
        await using var server = NtlmTestServer.Start();
        await using var client = await NtlmTestClient.CreateAsync(server.Account with { Password = new Secret("wrong") });
        using var other = client.CreateAnother();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => IsRefusedAsync(number % 2 == 0 ? client.Http : other)));
        using var later = client.CreateAnother();
        await IsRefusedAsync(later);

        server.Requests.Count(static request => NtlmTestServer.MessageType(request.Head) == 3).Should().Be(1);

        async Task IsRefusedAsync(HttpClient http) => await FluentActions.Awaiting(() => http.GetAsync(server.Uri)).Should().ThrowExactlyAsync<AccountAuthenticationException>();
    }

    // The directory has a new password before the vault has it, and several connections are being opened.
    [Fact]
    public async Task WrongUser_WhileAnotherSignInIsUnderWay_StopsThatBeforeItsAnswer()
    {
        await using var server = NtlmTestServer.Start();
        var firstIsIn = false;
        using var bothArrived = new CountdownEvent(2);
        var firstIsRefused = new TaskCompletionSource();
        server.Answer = (connection, head) =>
        {
            if (!firstIsIn)
            {
                connection.IsToClose = head.StartsWith("GET", StringComparison.Ordinal);
                return null;
            }

            if (NtlmTestServer.MessageType(head) == 3)
            {
                return NtlmTestServer.Unauthorized("NTLM");
            }

            // The one that arrives second gets its challenge when the other was refused.
            if (NtlmTestServer.MessageType(head) == 1 && bothArrived.Signal())
            {
                firstIsRefused.Task.Wait();
            }

            bothArrived.Wait();
            return null;
        };
        await using var client = await NtlmTestClient.CreateAsync(server.Account);
        await client.Http.GetStringAsync(server.Uri);
        firstIsIn = true;

        var sending = Enumerable.Range(0, 2).Select(_ => client.Http.GetAsync(server.Uri)).ToList();
        var refused = await Task.WhenAny(sending);
        firstIsRefused.SetResult();

        foreach (var one in sending)
        {
            await FluentActions.Awaiting(() => one).Should().ThrowExactlyAsync<AccountAuthenticationException>();
        }

        refused.IsFaulted.Should().BeTrue();
        server.Requests.Count(static request => NtlmTestServer.MessageType(request.Head) == 3).Should().Be(2, "one was accepted, and one refused");
    }

    [Fact]
    public async Task WrongUser_OfAPasswordThatWasCorrected_IsTriedAtOnce()
    {
        await using var server = NtlmTestServer.Start();
        await using var client = await NtlmTestClient.CreateAsync(server.Account with { Password = new Secret("wrong") });
        await RefusalAsync<AccountAuthenticationException>(client, server);

        await client.Vault.SaveAsync(server.Account);

        (await client.Http.GetStringAsync(server.Uri)).Should().Be(@"user=CORP\user");
    }

    // The user was unlocked, or the password put right, in the directory: nothing is there to be saved.
    [Fact]
    public async Task WrongUser_AfterARefresh_IsTriedAtOnce()
    {
        await using var server = NtlmTestServer.Start();
        server.Answer = static (_, head) => NtlmTestServer.MessageType(head) == 3 ? NtlmTestServer.Unauthorized("NTLM") : null;
        await using var client = await NtlmTestClient.CreateAsync(server.Account);
        await RefusalAsync<AccountAuthenticationException>(client, server);
        server.Answer = static (_, _) => null;

        await RefusalAsync<AccountAuthenticationException>(client, server);
        await client.Vault.RefreshAsync("intranet");

        (await client.Http.GetStringAsync(server.Uri)).Should().Be(@"user=CORP\user");
    }

    [Fact]
    public async Task WrongUser_OfAServerThatWritesBackWhatItWasSent_IsToldWithoutIt()
    {
        var refusal = await RefusalAsync<AccountAuthenticationException>(static (_, head) =>
            NtlmTestServer.MessageType(head) == 3 ? NtlmTestServer.Unauthorized("NTLM", "p4ssw0rd-of-the-test", "Basic realm=\"p4ssw0rd-of-the-test, Digest\"") : null);

        refusal.ToString().Should().NotContain("p4ssw0rd");
        refusal.Message.Should().Contain("it asks for: Basic, NTLM, another scheme)");
    }

    [Fact]
    public async Task WrongUser_OfAServerThatWantsAKeyExchange_IsToldSo()
    {
        var challenge = NtlmExample.ChallengeWithTimestamp.ToArray();
        challenge[23] |= 0x40;

        var refusal = await RefusalAsync<AccountAuthenticationException>((_, head) =>
            NtlmTestServer.Unauthorized(NtlmTestServer.MessageType(head) == 1 ? $"NTLM {Convert.ToBase64String(challenge)}" : "NTLM"));

        refusal.Message.Should().Contain("key exchange");
    }

    [Fact]
    public async Task EachRequest_OfAServerThatForgetsTheUser_NamesTheSetting()
    {
        var refusal = await RefusalAsync<AccountAuthenticationException>(static (connection, head) =>
        {
            connection.User = null;
            return NtlmTestServer.MessageType(head) == 3 ? NtlmTestServer.Ok() : null;
        });

        refusal.Message.Should().Contain("authPersistSingleRequest");
    }

    [Fact]
    public async Task EachRequest_OfAServerThatSaysSo_NamesTheSetting()
    {
        var refusal = await RefusalAsync<AccountAuthenticationException>(static (_, head) =>
            NtlmTestServer.MessageType(head) == 3 ? NtlmTestServer.Ok("Persistent-Auth: false\r\n") : null);

        refusal.Message.Should().Contain("authPersistSingleRequest");
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "answered HEAD / with 200 and did not ask for a sign-in. Set NtlmHandshake.Path")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: https://localhost/p4ssw0rd-of-the-test\r\n\r\n", "answered HEAD / with 302 and did not ask for a sign-in")]
    [InlineData("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Negotiate\r\nWWW-Authenticate: Basic realm=\"x\"\r\n\r\n", "does not offer NTLM: it asks for Basic, Negotiate.")]
    [InlineData("HTTP/1.1 401 Unauthorized\r\n\r\n", "named no scheme")]
    [InlineData("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: NTLM\r\n\r\n", "did not answer its first message with a challenge")]
    public async Task NoChallenge_InPlaceOfOne_IsRefusedWithWhatToDo(string answer, string expected)
    {
        var refusal = await RefusalAsync<AccountAuthenticationException>((_, _) => answer);

        refusal.Message.Should().Contain(expected).And.NotContain("p4ssw0rd");
    }

    [Theory]
    [InlineData(1, 503, true)]
    [InlineData(1, 429, true)]
    [InlineData(3, 502, true)]
    [InlineData(3, 504, true)]
    public async Task Outage_OfTheServer_IsTransient(int messageType, int status, bool isTransient)
    {
        var failure = await RefusalAsync<AccountUnavailableException>((_, head) =>
            NtlmTestServer.MessageType(head) == messageType ? $"HTTP/1.1 {status} No\r\n\r\n" : null);

        failure.Message.Should().Contain($"answered HEAD / with {status}.");
        failure.IsTransient.Should().Be(isTransient);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(0)]
    public async Task Closes_OnAnyAnswerOfTheHandshake_IsUnavailable(int messageType)
    {
        var failure = await RefusalAsync<AccountUnavailableException>((connection, head) => NtlmTestServer.MessageType(head) != messageType ? null : messageType switch
        {
            1 => NtlmTestServer.Unauthorized(Challenge).Replace("Content-Length", "Connection: close\r\nContent-Length", StringComparison.Ordinal),
            _ => NtlmTestServer.Ok("Connection: close\r\n"),
        });

        failure.Message.Should().Contain("keep-alive");
        failure.IsTransient.Should().BeFalse();
    }

    [Fact]
    public async Task Broke_InTheMiddleOfAnAnswer_IsTransient()
    {
        var failure = await RefusalAsync<AccountUnavailableException>(static (connection, _) =>
        {
            connection.IsToClose = true;
            return "HTTP/1.1 401 Unau";
        });

        failure.Message.Should().Contain("closed the connection");
        failure.IsTransient.Should().BeTrue();
    }

    [Theory]
    [InlineData("NTLM !!!!", "not base64")]
    [InlineData("NTLM QUJD", "too short or too long")]
    public async Task Malformed_ChallengeText_IsUnavailable(string scheme, string expected)
    {
        var failure = await RefusalAsync<AccountUnavailableException>((_, _) => NtlmTestServer.Unauthorized(scheme));

        failure.Message.Should().Contain(expected);
        failure.IsTransient.Should().BeFalse();
    }

    [Theory]
    [InlineData(8, (byte)1, "is none")]
    [InlineData(20, (byte)0x30, "character set")]
    [InlineData(40, (byte)0x31, "target information")]
    public async Task Malformed_ChallengeMessage_IsUnavailable(int at, byte value, string expected)
    {
        var challenge = NtlmExample.ChallengeWithTimestamp.ToArray();
        challenge[at] = value;

        var failure = await RefusalAsync<AccountUnavailableException>((_, _) => NtlmTestServer.Unauthorized($"NTLM {Convert.ToBase64String(challenge)}"));

        failure.Message.Should().Contain(expected);
    }

    [Fact]
    public async Task Malformed_Http_IsUnavailable()
    {
        var failure = await RefusalAsync<AccountUnavailableException>(static (_, _) => "SSH-2.0-OpenSSH\r\n\r\n");

        failure.Message.Should().Contain("does not answer in HTTP/1.1");
        failure.IsTransient.Should().BeFalse();
    }

    [Fact]
    public async Task NotAscii_OnAServerWithoutUnicode_IsUnavailable()
    {
        var challenge = NtlmExample.ChallengeWithTimestamp.ToArray();
        challenge[20] = 0x32;
        await using var server = NtlmTestServer.Start();
        server.Answer = (_, _) => NtlmTestServer.Unauthorized($"NTLM {Convert.ToBase64String(challenge)}");
        await using var client = await NtlmTestClient.CreateAsync(server.Account with { UserName = "jürgen" });

        var failure = await RefusalAsync<AccountUnavailableException>(client, server);

        failure.Message.Should().Contain("no Unicode").And.NotContain("jürgen");
    }

    private static async Task<TException> RefusalAsync<TException>(Func<NtlmTestConnection, string, string?> answer)
        where TException : AccountException
    {
        await using var server = NtlmTestServer.Start();
        server.Answer = answer;
        await using var client = await NtlmTestClient.CreateAsync(server.Account);
        return await RefusalAsync<TException>(client, server);
    }

    private static async Task<TException> RefusalAsync<TException>(NtlmTestClient client, NtlmTestServer server)
        where TException : AccountException
    {
        var refusal = (await FluentActions.Awaiting(() => client.Http.GetAsync(server.Uri)).Should().ThrowExactlyAsync<TException>()).Which;
        refusal.AccountName.Should().Be("intranet");
        refusal.InnerException.Should().BeNull();
        server.Requests.Should().NotContain(static request => request.Head.StartsWith("GET", StringComparison.Ordinal));
        return refusal;
    }
}
