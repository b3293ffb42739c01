using MailKit.Net.Smtp;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

/// <summary>The mailer against a server that can be made to misbehave. What a real one says of it: <see cref="EximTests"/>.</summary>
public sealed class AccountMailerTests
{
    [Fact]
    public async Task SendAsync_OfTwoMessages_UsesOneConnectionAndOneSignIn()
    {
        await using var server = ScriptedMailServer.Start();
        await using var program = await CreateAsync(server);

        var answer = await program.Mailer.SendAsync("mail", TestMessage.Create("one"));
        await program.Mailer.SendAsync("mail", TestMessage.Create("two"));

        answer.Should().Be("2.0.0 taken");
        server.Messages.Should().HaveCount(2);
        server.Connections.Should().Be(1);
        server.SignIns.Should().Equal("\0mailer\0mail-pw");
    }

    [Fact]
    public async Task SendAsync_AfterTheAccountWasSaved_SignsInAnewAndLetsTheOldConnectionGo()
    {
        await using var server = ScriptedMailServer.Start();
        await using var program = await CreateAsync(server);
        await program.Mailer.SendAsync("mail", TestMessage.Create());

        await program.SaveAsync(server.Account() with { Password = new Secret("rotated") });
        await program.Mailer.SendAsync("mail", TestMessage.Create());

        server.SignIns.Should().Equal("\0mailer\0mail-pw", "\0mailer\0rotated");
        await server.WaitUntilClosedAsync(open: 1);
        server.Received.Should().Contain((1, "QUIT")).And.NotContain((2, "QUIT"));
    }

    [Fact]
    public async Task SaveAsync_OfAnAccountWithAKeptConnection_ClosesItWithoutAnotherMessage()
    {
        await using var server = ScriptedMailServer.Start();
        await using var program = await CreateAsync(server);
        await program.Mailer.SendAsync("mail", TestMessage.Create());

        await program.SaveAsync(server.Account() with { Password = new Secret("rotated") });

        await server.WaitUntilClosedAsync(open: 0);
        server.Received.Should().Contain((1, "QUIT"));
        program.Pools.IdleCount.Should().Be(0);
    }

    [Fact]
    public async Task Dispose_OfAScopeWithAKeptConnection_ClosesItAndNotTheStoredAccounts()
    {
        await using var server = ScriptedMailServer.Start();
        await using var program = await CreateAsync(server);
        await program.Mailer.SendAsync("mail", TestMessage.Create("stored"));
        using (var scope = program.Vault.BeginScope())
        {
            scope.Set(server.Account());
            await program.Mailer.SendAsync("mail", TestMessage.Create("scoped"));
            program.Pools.IdleCount.Should().Be(2);
        }

        await server.WaitUntilClosedAsync(open: 1);
        program.Pools.IdleCount.Should().Be(1);
        server.Received.Should().Contain((2, "QUIT")).And.NotContain((1, "QUIT"));
    }

    [Fact]
    public async Task SendAsync_WhileTheAccountIsSaved_EndsOverTheOldConnectionWhichIsNotKept()
    {
        var taking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = ScriptedMailServer.Start();
        await using var program = await CreateAsync(server);
        server.BeforeTaking = () =>
        {
            server.BeforeTaking = static () => Task.CompletedTask;
            taking.SetResult();
            return goOn.Task;
        };
        var first = program.Mailer.SendAsync("mail", TestMessage.Create());
        await taking.Task;

        await program.SaveAsync(server.Account() with { Password = new Secret("rotated") });
        await program.Mailer.SendAsync("mail", TestMessage.Create());
        goOn.SetResult();
        await first;

        await server.WaitUntilClosedAsync(open: 1);
        program.Pools.IdleCount.Should().Be(1);
        server.Messages.Should().HaveCount(2);
    }

    [Theory]
    [InlineData(ScriptedMailServer.HangUp)]
    [InlineData("421 4.4.2 timeout")]
    public async Task SendAsync_OverAKeptConnectionThatIsGone_SendsOnceOverANewOne(string farewell)
    {
        await using var server = ScriptedMailServer.Start();
        await using var program = await CreateAsync(server);
        await program.Mailer.SendAsync("mail", TestMessage.Create("one"));
        server.Answer = (connection, command) => connection == 1 && command.StartsWith("MAIL", StringComparison.Ordinal) ? farewell : null;

        await program.Mailer.SendAsync("mail", TestMessage.Create("two"));

        server.Connections.Should().Be(2);
        server.Messages.Should().HaveCount(2).And.ContainSingle(static text => text.Contains("Subject: two\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SendAsync_WhenTheServerDiesInTheMiddle_SaysThatItMayHaveTheMessageAndSendsItNotAgain()
    {
        await using var server = ScriptedMailServer.Start();
        await using var program = await CreateAsync(server);
        await program.Mailer.SendAsync("mail", TestMessage.Create("one"));
        server.Answer = static (_, command) => command == "(end of data)" ? ScriptedMailServer.HangUp : null;

        var sending = () => program.Mailer.SendAsync("mail", TestMessage.Create("two"));

        (await sending.Should().ThrowAsync<SmtpProtocolException>()).WithMessage("*'mail'*may have taken it*not sent again*");
        server.Received.Where(static received => received.Command == "DATA").Should().HaveCount(2, "one for each message");
        server.Connections.Should().Be(1);
        program.Pools.IdleCount.Should().Be(0);
    }

    [Theory]
    [InlineData("RCPT TO")]
    [InlineData("DATA")]
    public async Task SendAsync_WhenTheServerHangsUpAfterTheSender_SaysThatItMayHaveTheMessage(string verb)
    {
        await using var server = ScriptedMailServer.Start();
        await using var program = await CreateAsync(server);
        server.Answer = (_, command) => command.StartsWith(verb, StringComparison.Ordinal) ? ScriptedMailServer.HangUp : null;

        await program.Mailer.Awaiting(static mailer => mailer.SendAsync("mail", TestMessage.Create())).Should().ThrowAsync<SmtpProtocolException>();

        server.Connections.Should().Be(1);
    }

    [Fact]
    public async Task SendAsync_WhenANewConnectionBreaksBeforeTheSender_SaysThatNothingWasTaken()
    {
        await using var server = ScriptedMailServer.Start();
        await using var program = await CreateAsync(server);
        server.Answer = static (_, command) => command.StartsWith("MAIL", StringComparison.Ordinal) ? ScriptedMailServer.HangUp : null;

        var thrown = await program.Mailer.Awaiting(static mailer => mailer.SendAsync("mail", TestMessage.Create())).Should().ThrowAsync<AccountUnavailableException>();

        thrown.Which.IsTransient.Should().BeTrue();
        thrown.Which.AccountName.Should().Be("mail");
        server.Connections.Should().Be(1);
    }

    [Fact]
    public async Task SendAsync_OfARefusedRecipient_ThrowsMailKitsExceptionAndKeepsTheConnection()
    {
        await using var server = ScriptedMailServer.Start();
        await using var program = await CreateAsync(server);
        server.Answer = static (_, command) => command.Contains("nobody", StringComparison.Ordinal) ? "550 5.1.1 no such mailbox" : null;

        var thrown = await program.Mailer.Awaiting(static mailer => mailer.SendAsync("mail", TestMessage.Create("one", "nobody@customer.example"))).Should().ThrowAsync<SmtpCommandException>();
        await program.Mailer.SendAsync("mail", TestMessage.Create("two"));

        thrown.Which.ErrorCode.Should().Be(SmtpErrorCode.RecipientNotAccepted);
        server.Messages.Should().ContainSingle();
        server.Connections.Should().Be(1);
    }

    [Fact]
    public async Task SendAsync_WithPartialSending_ReachesTheOthers()
    {
        await using var server = ScriptedMailServer.Start();
        using var log = new LeakCanaryLoggerProvider();
        await using var program = await CreateAsync(server, log: log, account: static account => account with { Properties = ["mail.smtp.sendpartial=true"] });
        server.Answer = static (_, command) => command.Contains("nobody", StringComparison.Ordinal) ? "550 5.1.1 no such mailbox" : null;

        await program.Mailer.SendAsync("mail", TestMessage.Create("one", "nobody@customer.example", "alice@customer.example"));

        server.Messages.Should().ContainSingle();
        log.Text.Should().Contain("the server refused 1");
    }

    [Fact]
    public async Task SendAsync_WithPropertiesOfTheEnvelope_GreetsAndNotifiesAsTheySay()
    {
        await using var server = ScriptedMailServer.Start();
        await using var program = await CreateAsync(server, account: static account => account with
        {
            Properties = ["mail.smtp.from=bounces@shop.example", "mail.smtp.localhost=client.example", "mail.smtp.dsn.notify=FAILURE,DELAY", "mail.smtp.dsn.ret=HDRS", "mail.smtp.timeout=20000", "mail.smtp.localaddress=127.0.0.1"],
        });

        await program.Mailer.SendAsync("mail", TestMessage.Create());

        var commands = server.Received.Select(static received => received.Command).ToArray();
        commands.Should().Contain("EHLO client.example");
        commands.Single(static command => command.StartsWith("MAIL", StringComparison.Ordinal)).Should().StartWith("MAIL FROM:<bounces@shop.example>").And.Contain("RET=HDRS");
        commands.Single(static command => command.StartsWith("RCPT", StringComparison.Ordinal)).Should().StartWith("RCPT TO:<alice@customer.example>").And.MatchRegex("NOTIFY=(FAILURE,DELAY|DELAY,FAILURE)");
    }

    [Fact]
    public async Task SendAsync_OfAResentMessageWithASenderOfTheAccount_GoesToThoseItIsResentTo()
    {
        await using var server = ScriptedMailServer.Start();
        await using var program = await CreateAsync(server, account: static account => account with { Properties = ["mail.smtp.from=bounces@shop.example"] });
        var message = TestMessage.Create();
        message.ResentSender = new MimeKit.MailboxAddress("", "clerk@shop.example");
        message.ResentTo.Add(new MimeKit.MailboxAddress("", "bob@customer.example"));

        await program.Mailer.SendAsync("mail", message);

        server.Received.Where(static received => received.Command.StartsWith("RCPT", StringComparison.Ordinal)).Should().ContainSingle().Which.Command.Should().StartWith("RCPT TO:<bob@customer.example>");
    }

    [Fact]
    public async Task SendAsync_WithoutAUser_SignsInNowhere()
    {
        await using var server = ScriptedMailServer.Start();
        await using var program = await CreateAsync(server, account: static account => account with { UserName = null, Password = null });

        await program.Mailer.SendAsync("mail", TestMessage.Create("one"));
        await program.Mailer.SendAsync("mail", TestMessage.Create("two"));

        server.SignIns.Should().BeEmpty();
        server.Messages.Should().HaveCount(2);
        server.Connections.Should().Be(1);
    }

    [Fact]
    public async Task SendAsync_WithAuthSwitchedOff_SignsInNowhere()
    {
        await using var server = ScriptedMailServer.Start();
        await using var program = await CreateAsync(server, account: static account => account with { Properties = ["mail.smtp.auth=false"] });

        await program.Mailer.SendAsync("mail", TestMessage.Create());

        server.SignIns.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_OfManyAtOnce_OpensNoMoreConnectionsThanAllowed()
    {
        await using var server = ScriptedMailServer.Start();
        await using var program = await CreateAsync(server, static options => options.MaxConnections = 3);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => program.Mailer.SendAsync("mail", TestMessage.Create($"message {i}"))));

        server.Messages.Should().HaveCount(20).And.OnlyHaveUniqueItems();
        server.MostOpen.Should().BeLessThanOrEqualTo(3);
        server.Connections.Should().BeLessThanOrEqualTo(3);
    }

    [Fact]
    public async Task SendAsync_BeyondTheMessagesOfAConnection_UsesANewOne()
    {
        await using var server = ScriptedMailServer.Start();
        await using var program = await CreateAsync(server, static options => options.MaxMessagesPerConnection = 2);

        for (var i = 0; i < 5; i++)
        {
            await program.Mailer.SendAsync("mail", TestMessage.Create());
        }

        server.Connections.Should().Be(3);
        await server.WaitUntilClosedAsync(open: 1);
    }

    [Fact]
    public async Task SendAsync_WithoutRoomForIdleConnections_KeepsNone()
    {
        await using var server = ScriptedMailServer.Start();
        await using var program = await CreateAsync(server, static options => options.MaxIdleConnections = 0);

        await program.Mailer.SendAsync("mail", TestMessage.Create());
        await program.Mailer.SendAsync("mail", TestMessage.Create());

        server.Connections.Should().Be(2);
        await server.WaitUntilClosedAsync();
    }

    [Fact]
    public async Task IdleConnection_AfterTheIdleTime_IsClosed()
    {
        var time = new FakeTimeProvider();
        await using var server = ScriptedMailServer.Start();
        await using var program = await CreateAsync(server, static options => options.IdleTimeout = TimeSpan.FromMinutes(2), time);
        await program.Mailer.SendAsync("mail", TestMessage.Create());

        time.Advance(TimeSpan.FromMinutes(1));
        program.Pools.IdleCount.Should().Be(1);
        time.Advance(TimeSpan.FromMinutes(1));

        program.Pools.IdleCount.Should().Be(0);
        await server.WaitUntilClosedAsync();
        server.Received.Should().Contain((1, "QUIT"));
    }

    [Fact]
    public async Task Connections_OfTwoScopesWithOneName_AreNotShared()
    {
        await using var server = ScriptedMailServer.Start();
        await using var program = await CreateAsync(server);
        await program.Mailer.SendAsync("mail", TestMessage.Create());

        foreach (var password in new[] { "first", "second" })
        {
            using var scope = program.Vault.BeginScope();
            scope.Set(server.Account() with { Password = new Secret(password) });
            await program.Mailer.SendAsync("mail", TestMessage.Create());
        }

        await program.Mailer.SendAsync("mail", TestMessage.Create());

        server.SignIns.Should().Equal("\0mailer\0mail-pw", "\0mailer\0first", "\0mailer\0second");
    }

    [Fact]
    public async Task For_OfAnotherEnvironment_SendsThroughItsAccount()
    {
        await using var server = ScriptedMailServer.Start();
        await using var program = await CreateAsync(server);
        await program.Vault.For("default", "other").SaveAsync(server.Account() with { UserName = "other" });

        await program.Mailer.For("default", "other").SendAsync("mail", TestMessage.Create());

        server.SignIns.Should().Equal("\0other\0mail-pw");
    }

    [Fact]
    public async Task ConnectAsync_OfAnAccount_GivesAClientOfTheCallersOwn()
    {
        await using var server = ScriptedMailServer.Start();
        await using var program = await CreateAsync(server);

        using (var client = await program.Mailer.ConnectAsync("mail"))
        {
            client.IsConnected.Should().BeTrue();
            client.IsSecure.Should().BeTrue();
            client.IsAuthenticated.Should().BeTrue();
            await client.SendAsync(TestMessage.Create());
        }

        server.Messages.Should().ContainSingle();
        program.Pools.IdleCount.Should().Be(0);
        await server.WaitUntilClosedAsync();
    }

    [Fact]
    public async Task SendAsync_OfAnAccountOfAnotherType_IsRefusedByName()
    {
        await using var program = MailProgram.Create();
        await program.Vault.SaveAsync(new BasicAccount { Name = "basic", UserName = "a", Password = new Secret("b") });

        await program.Mailer.Awaiting(static mailer => mailer.SendAsync("basic", TestMessage.Create())).Should().ThrowAsync<AccountTypeMismatchException>().WithMessage("*'basic'*Basic*SMTP*");
        await program.Mailer.Awaiting(static mailer => mailer.SendAsync("missing", TestMessage.Create())).Should().ThrowAsync<AccountNotFoundException>();
    }

    [Fact]
    public async Task SendAsync_ThatIsCancelled_ClosesItsConnection()
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = ScriptedMailServer.Start();
        await using var program = await CreateAsync(server);
        server.BeforeTaking = () =>
        {
            cancellation.Cancel();
            return Task.Delay(Timeout.Infinite, cancellationToken: server.Stopped);
        };

        await program.Mailer.Awaiting(mailer => mailer.SendAsync("mail", TestMessage.Create(), cancellation.Token)).Should().ThrowAsync<OperationCanceledException>();

        program.Pools.IdleCount.Should().Be(0);
        server.BeforeTaking = static () => Task.CompletedTask;
        await program.Mailer.SendAsync("mail", TestMessage.Create());
        server.Connections.Should().Be(2);
    }

    [Fact]
    public async Task DisposeAsync_OfTheProgram_EndsItsConnections()
    {
        await using var server = ScriptedMailServer.Start();
        var program = await CreateAsync(server);
        var mailer = program.Mailer;
        await mailer.SendAsync("mail", TestMessage.Create());

        await program.DisposeAsync();

        await server.WaitUntilClosedAsync();
        server.Received.Should().Contain((1, "QUIT"));
    }

    private static async Task<MailProgram> CreateAsync(
        ScriptedMailServer server, Action<AccountMailOptions>? configure = null, TimeProvider? time = null, LeakCanaryLoggerProvider? log = null, Func<SmtpAccount, SmtpAccount>? account = null)
    {
        var program = MailProgram.Create(
            options =>
            {
                options.TrustedRoots.Add(TestCertificate.Localhost);
                configure?.Invoke(options);
            },
            time,
            log);
        await program.SaveAsync(account is null ? server.Account() : account(server.Account()));
        return program;
    }
}
