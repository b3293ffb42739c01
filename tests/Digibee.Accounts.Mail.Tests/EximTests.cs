using System.Net;
using System.Net.Sockets;
using System.Text;
using MailKit.Net.Smtp;

namespace Digibee.Accounts;

/// <summary>Mail through a server that somebody else wrote.</summary>
[Collection<EximServer>]
public sealed class EximTests(EximServer exim)
{
    [Theory]
    [InlineData(SmtpTls.StartTls)]
    [InlineData(SmtpTls.Implicit)]
    public async Task SendAsync_OverEachKindOfTls_Delivers(SmtpTls tls)
    {
        await using var program = await CreateAsync(exim.Account("mail", tls));

        var answer = await program.Mailer.SendAsync("mail", TestMessage.Create($"tls {tls}", "alice@customer.example", "bob@customer.example"));

        answer.Should().Contain("id=");
        var messages = await exim.WaitForAsync($"tls {tls}", 2);
        messages.Should().HaveCount(2).And.OnlyContain(static text => text.Contains("Return-path: <sender@shop.example>\n") && text.Contains("\n.\nA line of one dot stands above."));
        string.Concat(messages).Should().Contain("Envelope-to: alice@customer.example\n").And.Contain("Envelope-to: bob@customer.example\n");
    }

    [Theory]
    [InlineData("PLAIN", "plain")]
    [InlineData("LOGIN", "login")]
    [InlineData("CRAM-MD5", "cram")]
    [InlineData("SCRAM-SHA-1", "scram_sha1")]
    [InlineData("SCRAM-SHA-256", "scram_sha256")]
    public async Task SendAsync_WithEachMechanism_IsTakenAndAWrongPasswordIsNot(string mechanism, string authenticator)
    {
        var account = exim.Account("mail") with { Mechanisms = [mechanism] };
        await using var program = await CreateAsync(account);

        await program.Mailer.SendAsync("mail", TestMessage.Create($"by {mechanism}"));
        await program.SaveAsync(account with { Password = new Secret("wrong") });
        var refused = await program.Mailer.Awaiting(mailer => mailer.SendAsync("mail", TestMessage.Create($"by {mechanism}"))).Should().ThrowAsync<AccountAuthenticationException>();

        refused.WithMessage($"*with {mechanism}:*535*");
        await exim.WaitForAsync($"by {mechanism}", 1);
        exim.Log($"A={authenticator}:mailer").Should().NotBeEmpty();
    }

    [Fact]
    public async Task SendAsync_WithoutAListOfMechanisms_TakesScramWithSha256()
    {
        await using var program = await CreateAsync(exim.Account("mail"));
        var before = exim.Log("A=scram_sha256:mailer").Length;

        await program.Mailer.SendAsync("mail", TestMessage.Create("strongest"));

        await exim.WaitForAsync("strongest", 1);
        exim.Log("A=scram_sha256:mailer").Should().HaveCount(before + 1);
    }

    [Theory]
    [InlineData("OAUTHBEARER", "oauthbearer")]
    [InlineData("XOAUTH2", "xoauth2")]
    public async Task SendAsync_WithAToken_IsTakenAndAWrongOneIsNot(string mechanism, string authenticator)
    {
        var account = exim.Account("mail") with { Password = null, BearerAccount = "token", Mechanisms = [mechanism] };
        var token = new OAuthBearerAccount { Name = "token", Token = new Secret(exim.AccessToken), AllowedOrigins = [$"https://localhost:{account.Port}"] };
        await using var program = await CreateAsync(account);
        await program.Vault.SaveAsync(token);

        await program.Mailer.SendAsync("mail", TestMessage.Create($"by {mechanism}"));
        await program.Vault.SaveAsync(token with { Token = new Secret("wrong") });
        var refused = await program.Mailer.Awaiting(mailer => mailer.SendAsync("mail", TestMessage.Create($"by {mechanism}"))).Should().ThrowAsync<AccountAuthenticationException>();

        refused.WithMessage($"*with {mechanism}:*535*");
        await exim.WaitForAsync($"by {mechanism}", 1);
        exim.Log($"A={authenticator}:mailer").Should().NotBeEmpty();
    }

    [Fact]
    public async Task SendAsync_WithoutSigningIn_IsRefusedByTheServer()
    {
        await using var program = await CreateAsync(exim.Account("mail") with { UserName = null, Password = null });

        var refused = await program.Mailer.Awaiting(static mailer => mailer.SendAsync("mail", TestMessage.Create("nobody's"))).Should().ThrowAsync<SmtpCommandException>();

        refused.Which.ErrorCode.Should().Be(SmtpErrorCode.SenderNotAccepted);
    }

    [Theory]
    [InlineData("EXPIRED_STARTTLS_PORT", SmtpTls.StartTls, "*has expired*")]
    [InlineData("EXPIRED_TLS_PORT", SmtpTls.Implicit, "*has expired*")]
    [InlineData("OTHER_STARTTLS_PORT", SmtpTls.StartTls, "*is not for localhost*")]
    [InlineData("OTHER_TLS_PORT", SmtpTls.Implicit, "*is not for localhost*")]
    public async Task SendAsync_ToAServerWithTheWrongCertificate_IsRefused(string port, SmtpTls tls, string message)
    {
        await using var program = await CreateAsync(exim.Account("mail") with { Port = exim.Port(port), Tls = tls });

        await program.Mailer.Awaiting(static mailer => mailer.SendAsync("mail", TestMessage.Create("wrong certificate"))).Should().ThrowAsync<AccountUnavailableException>().WithMessage(message);
    }

    [Theory]
    [InlineData(SmtpTls.StartTls)]
    [InlineData(SmtpTls.Implicit)]
    public async Task SendAsync_ToAServerOfAnUnknownAuthority_IsRefused(SmtpTls tls)
    {
        await using var program = MailProgram.Create();
        await program.SaveAsync(exim.Account("mail", tls));

        await program.Mailer.Awaiting(static mailer => mailer.SendAsync("mail", TestMessage.Create("untrusted"))).Should().ThrowAsync<AccountUnavailableException>().WithMessage("*TrustedRoots*");
    }

    [Theory]
    [InlineData("STARTTLS_PORT", SmtpTls.Implicit, "*does not speak TLS there*")]
    [InlineData("TLS_PORT", SmtpTls.StartTls, "*Is Tls right for the port?*")]
    public async Task SendAsync_WithTheWrongKindOfTlsForThePort_SaysSo(string port, SmtpTls tls, string message)
    {
        await using var program = await CreateAsync(exim.Account("mail") with { Port = exim.Port(port), Tls = tls, Properties = ["mail.smtp.connectiontimeout=2000"] });

        await program.Mailer.Awaiting(static mailer => mailer.SendAsync("mail", TestMessage.Create("wrong tls"))).Should().ThrowAsync<AccountUnavailableException>().WithMessage(message);
    }

    [Fact]
    public async Task SendAsync_ThroughSomebodyWhoTakesStartTlsAway_SendsNothing()
    {
        await using var between = new StartTlsStripper(exim.Port("STARTTLS_PORT"));
        await using var program = await CreateAsync(exim.Account("mail") with { Port = between.Port });

        var refused = await program.Mailer.Awaiting(static mailer => mailer.SendAsync("mail", TestMessage.Create("stripped"))).Should().ThrowAsync<AccountUnavailableException>();

        refused.WithMessage("*offers no STARTTLS*").Which.IsTransient.Should().BeFalse();
        between.Heard.Should().Contain("EHLO").And.NotContain("AUTH").And.NotContain("MAIL");
    }

    [Fact]
    public async Task SendAsync_ToNobody_GivesTheServersRefusalAndTheNextMessageGoes()
    {
        await using var program = await CreateAsync(exim.Account("mail"));

        var refused = await program.Mailer.Awaiting(static mailer => mailer.SendAsync("mail", TestMessage.Create("refused", "nobody-here@customer.example"))).Should().ThrowAsync<SmtpCommandException>();
        await program.Mailer.SendAsync("mail", TestMessage.Create("after a refusal"));

        refused.Which.ErrorCode.Should().Be(SmtpErrorCode.RecipientNotAccepted);
        refused.Which.Mailbox!.Address.Should().Be("nobody-here@customer.example");
        await exim.WaitForAsync("after a refusal", 1);
        exim.Messages("refused").Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_OfAMessageThatIsTooLarge_GivesTheServersRefusalAndTheNextMessageGoes()
    {
        await using var program = await CreateAsync(exim.Account("mail"));
        var large = TestMessage.Create("too large");
        large.Body = new MimeKit.TextPart("plain") { Text = string.Concat(Enumerable.Repeat("This line has forty characters, it has.\n", 40_000)) };

        var refused = await program.Mailer.Awaiting(mailer => mailer.SendAsync("mail", large)).Should().ThrowAsync<SmtpCommandException>();
        await program.Mailer.SendAsync("mail", TestMessage.Create("after a large one"));

        ((int)refused.Which.StatusCode).Should().Be(552);
        await exim.WaitForAsync("after a large one", 1);
    }

    [Fact]
    public async Task SendAsync_AfterTheAccountWasSaved_UsesTheNewPasswordForTheNextMessage()
    {
        var account = exim.Account("mail");
        await using var program = await CreateAsync(account);
        await program.Mailer.SendAsync("mail", TestMessage.Create("rotated"));

        await program.SaveAsync(account with { Password = new Secret("wrong") });
        await program.Mailer.Awaiting(static mailer => mailer.SendAsync("mail", TestMessage.Create("rotated"))).Should().ThrowAsync<AccountAuthenticationException>("the kept connection is the old password's");
        await program.SaveAsync(account);
        await program.Mailer.SendAsync("mail", TestMessage.Create("rotated"));

        await exim.WaitForAsync("rotated", 2);
    }

    [Fact]
    public async Task SendAsync_OfAThousandMessages_ReusesConnections()
    {
        await using var program = await CreateAsync(exim.Account("mail"));
        var before = exim.Log("TCP/IP connection count").Length;
        var answers = new List<string>();

        for (var i = 0; i < 1_000; i++)
        {
            answers.Add(await program.Mailer.SendAsync("mail", TestMessage.Create("one of a thousand", "queued@customer.example")));
        }

        answers.Should().OnlyHaveUniqueItems("each has an identifier in the server's queue");
        exim.Log("T=\"one of a thousand\"").Should().HaveCount(1_000);
        (exim.Log("TCP/IP connection count").Length - before).Should().Be(10, "a connection takes 100 messages by default");
    }

    [Fact]
    public async Task SendAsync_OfTwentySendersAtOnce_DeliversEachMessageOnce()
    {
        await using var program = await CreateAsync(exim.Account("mail"));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(sender => Task.Run(async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                await program.Mailer.SendAsync("mail", TestMessage.Create($"parallel {sender}-{i}", "queued@customer.example"));
            }
        })));

        var taken = exim.Log("T=\"parallel ").Select(static line => line.Split("T=\"")[1]).ToArray();
        taken.Should().HaveCount(100).And.OnlyHaveUniqueItems();
        program.Pools.IdleCount.Should().BeInRange(1, 10);
    }

    [Fact]
    public async Task SendAsync_WithASenderOfItsOwn_IsReturnedThere()
    {
        await using var program = await CreateAsync(exim.Account("mail") with { Properties = ["mail.smtp.from=bounces@shop.example"] });

        await program.Mailer.SendAsync("mail", TestMessage.Create("with a sender"));

        (await exim.WaitForAsync("with a sender", 1)).Should().ContainSingle().Which.Should().Contain("Return-path: <bounces@shop.example>").And.Contain("From: sender@shop.example");
    }

    private async Task<MailProgram> CreateAsync(SmtpAccount account)
    {
        var program = MailProgram.Create(options => options.TrustedRoots.Add(exim.Root));
        await program.SaveAsync(account);
        return program;
    }

    /// <summary>A man in the middle: what the server offers gets through, but for STARTTLS.</summary>
    private sealed class StartTlsStripper : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly StringBuilder _heard = new();
        private readonly Task _relaying;

        public StartTlsStripper(int port)
        {
            _listener.Start();
            _relaying = RelayAsync(port);
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public string Heard
        {
            get
            {
                lock (_heard)
                {
                    return _heard.ToString();
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _relaying;
        }

        private async Task RelayAsync(int port)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync();
                using var server = new TcpClient();
                await server.ConnectAsync(IPAddress.Loopback, port);
                var up = CopyAsync(client.GetStream(), server.GetStream(), text =>
                {
                    lock (_heard)
                    {
                        _heard.Append(text);
                    }

                    return text;
                });
                await Task.WhenAny(up, CopyAsync(server.GetStream(), client.GetStream(), static text => text.Replace("STARTTLS", "XSTARTLS", StringComparison.Ordinal)));
            }
            catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException)
            {
                // One of them has hung up.
            }
        }

        private static async Task CopyAsync(NetworkStream from, NetworkStream to, Func<string, string> change)
        {
            try
            {
                var buffer = new byte[4096];
                while (await from.ReadAsync(buffer) is var count and > 0)
                {
                    await to.WriteAsync(Encoding.Latin1.GetBytes(change(Encoding.Latin1.GetString(buffer, 0, count))));
                }
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException)
            {
                // One of them has hung up.
            }
        }
    }
}
