using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

/// <summary>The way to a signed-in connection: TLS is not optional, and a refusal is not repeated.</summary>
public sealed class MailConnectorTests
{
    [Fact]
    public async Task ConnectAsync_WithTlsFromTheFirstByte_SignsIn()
    {
        await using var server = ScriptedMailServer.Start(isImplicit: true);
        await using var program = await CreateAsync(server.Account());

        using var client = await program.Mailer.ConnectAsync("mail");

        client.IsSecure.Should().BeTrue();
        server.Received.Should().NotContain(static received => received.Command == "STARTTLS");
    }

    [Fact]
    public async Task ConnectAsync_WhereStartTlsIsNotOffered_SendsNothing()
    {
        await using var server = ScriptedMailServer.Start();
        server.Extensions = ["8BITMIME", "AUTH PLAIN LOGIN"];

        await RefusedAsync(server, server.Account(), "*offers no STARTTLS*", isTransient: false);
    }

    [Theory]
    [InlineData("454 4.7.0 TLS not available", true)]
    [InlineData("502 5.5.1 not implemented", false)]
    public async Task ConnectAsync_WhereStartTlsIsRefused_SendsNothing(string reply, bool isTransient)
    {
        await using var server = ScriptedMailServer.Start();
        server.Answer = (_, command) => command == "STARTTLS" ? reply : null;

        await RefusedAsync(server, server.Account(), $"*answered {reply[..3]}*", isTransient);
    }

    // CVE-2011-0411 and its kin: what somebody put behind the answer, in clear, is not taken for the first answer over TLS.
    [Fact]
    public async Task ConnectAsync_WhereAnAnswerIsInjectedBeforeTls_DoesNotTakeItForTheServers()
    {
        await using var server = ScriptedMailServer.Start();
        server.Answer = static (_, command) => command == "STARTTLS" ? "220 go on\r\n250-injected\r\n250 AUTH INJECTED PLAIN" : null;
        await using var program = await CreateAsync(server.Account());

        using var client = await program.Mailer.ConnectAsync("mail");

        client.AuthenticationMechanisms.Should().BeEquivalentTo("PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER");
        client.IsAuthenticated.Should().BeTrue();
    }

    [Fact]
    public async Task ConnectAsync_WithTlsFromTheFirstByteAtAPortOfStartTls_SaysThatTlsMayBeWrong()
    {
        await using var server = ScriptedMailServer.Start();

        await RefusedAsync(server, server.Account() with { Tls = SmtpTls.Implicit }, "*does not speak TLS there*Implicit*", isTransient: false);
    }

    [Fact]
    public async Task ConnectAsync_WithStartTlsWhereTheServerWaitsForTls_EndsAfterItsTime()
    {
        await using var server = ScriptedMailServer.Start(isImplicit: true);

        await RefusedAsync(server, server.Account() with { Tls = SmtpTls.StartTls, Properties = ["mail.smtp.connectiontimeout=500"] }, "*took too long*StartTls*", isTransient: true);
    }

    [Fact]
    public async Task ConnectAsync_ToAServerThatSaysNothing_EndsAfterTheOptionsTime()
    {
        await using var server = ScriptedMailServer.Start(isSilent: true);
        await using var program = MailProgram.Create(static options => options.ConnectTimeout = TimeSpan.FromMilliseconds(200));
        await program.SaveAsync(server.Account());

        await program.Mailer.Awaiting(static mailer => mailer.ConnectAsync("mail")).Should().ThrowAsync<AccountUnavailableException>().WithMessage("*took too long*");
    }

    [Fact]
    public async Task ConnectAsync_ThatIsCancelled_IsCancelledAndNotUnavailable()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await using var server = ScriptedMailServer.Start(isSilent: true);
        await using var program = await CreateAsync(server.Account());

        await program.Mailer.Awaiting(mailer => mailer.ConnectAsync("mail", cancellation.Token)).Should().ThrowAsync<OperationCanceledException>();
    }

    [Theory]
    [InlineData("554 5.7.1 go away", false)]
    [InlineData("421 4.3.2 later", true)]
    public async Task ConnectAsync_ToAServerThatWantsNobody_GivesItsCode(string greeting, bool isTransient)
    {
        await using var server = ScriptedMailServer.Start(greeting: greeting);

        await RefusedAsync(server, server.Account(), $"*answered {greeting[..3]}*", isTransient);
    }

    [Fact]
    public async Task ConnectAsync_WhereNobodyListens_SaysSo()
    {
        int port;
        await using (var server = ScriptedMailServer.Start())
        {
            port = server.Port;
        }

        await using var program = await CreateAsync(new SmtpAccount { Name = "mail", Host = "localhost", Port = port });

        var thrown = await program.Mailer.Awaiting(static mailer => mailer.ConnectAsync("mail")).Should().ThrowAsync<AccountUnavailableException>();

        thrown.WithMessage("*ConnectionRefused*").Which.IsTransient.Should().BeTrue();
    }

    [Fact]
    public async Task ConnectAsync_ToAServerOfAnUnknownAuthority_NamesTheOptionAndSignsNotIn()
    {
        await using var server = ScriptedMailServer.Start();
        await using var program = MailProgram.Create();
        await program.SaveAsync(server.Account());

        var thrown = await program.Mailer.Awaiting(static mailer => mailer.ConnectAsync("mail")).Should().ThrowAsync<AccountUnavailableException>();

        thrown.WithMessage("*authority that is not trusted*TrustedRoots*").Which.IsTransient.Should().BeFalse();
        server.SignIns.Should().BeEmpty();
    }

    [Fact]
    public async Task ConnectAsync_ToAServerOfAnotherName_IsRefusedThoughItsAuthorityIsTrusted()
    {
        await using var server = ScriptedMailServer.Start();
        server.Certificate = TestCertificate.Create("other.example");

        await RefusedAsync(server, server.Account(), "*certificate is not for localhost*", isTransient: false, server.Certificate);
    }

    [Fact]
    public async Task ConnectAsync_ToAServerWithACertificateForClients_IsRefusedThoughItsAuthorityIsTrusted()
    {
        await using var server = ScriptedMailServer.Start();
        server.Certificate = TestCertificate.Create("localhost", purpose: "1.3.6.1.5.5.7.3.2");

        await RefusedAsync(server, server.Account(), "*certificate is not usable*", isTransient: false, server.Certificate);
    }

    [Theory]
    [InlineData("PLAIN LOGIN", "PLAIN")]
    [InlineData("LOGIN", "LOGIN")]
    [InlineData("LOGIN CRAM-MD5 PLAIN", "CRAM-MD5")]
    public async Task ConnectAsync_OfSeveralMechanisms_ChoosesTheStrongestThatIsOffered(string offered, string chosen)
    {
        await using var server = ScriptedMailServer.Start();
        server.Mechanisms = offered;
        server.Answer = static (_, command) => command == "AUTH CRAM-MD5" ? "535 5.7.8 no" : null;
        await using var program = await CreateAsync(server.Account());

        try
        {
            (await program.Mailer.ConnectAsync("mail")).Dispose();
        }
        catch (AccountAuthenticationException)
        {
            // This server does not know CRAM-MD5 any further; nothing weaker is tried then.
        }

        server.Received.Where(static received => received.Command.StartsWith("AUTH", StringComparison.Ordinal)).Should().ContainSingle().Which.Command.Split(' ')[1].Should().Be(chosen);
    }

    [Theory]
    [InlineData("SCRAM-SHA-512-PLUS SCRAM-SHA-512", "SCRAM-SHA-512-PLUS", "p=tls-")]
    [InlineData("SCRAM-SHA-256-PLUS SCRAM-SHA-256", "SCRAM-SHA-256-PLUS", "p=tls-")]
    [InlineData("SCRAM-SHA-1-PLUS SCRAM-SHA-1", "SCRAM-SHA-1-PLUS", "p=tls-")]
    [InlineData("SCRAM-SHA-512 PLAIN", "SCRAM-SHA-512", "n,,n=mailer,")]
    public async Task ConnectAsync_WithScram_BindsItToTlsWhereTheServerCan(string offered, string chosen, string begin)
    {
        await using var server = ScriptedMailServer.Start();
        server.Mechanisms = offered;
        server.Answer = static (_, command) => command.StartsWith("AUTH", StringComparison.Ordinal) ? "535 5.7.8 no" : null;
        await using var program = await CreateAsync(server.Account());

        await program.Mailer.Awaiting(static mailer => mailer.ConnectAsync("mail")).Should().ThrowAsync<AccountAuthenticationException>();

        var words = server.Received.Single(static received => received.Command.StartsWith("AUTH", StringComparison.Ordinal)).Command.Split(' ');
        words[1].Should().Be(chosen);
        System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(words[2])).Should().StartWith(begin);
    }

    [Fact]
    public async Task ConnectAsync_OfAnAccountThatWasRefusedAMomentAgo_DoesNotShowThePasswordAgain()
    {
        await using var server = ScriptedMailServer.Start();
        server.Accepts = static _ => false;
        await using var program = await CreateAsync(server.Account(), new FakeTimeProvider());

        await program.Mailer.Awaiting(static mailer => mailer.ConnectAsync("mail")).Should().ThrowAsync<AccountAuthenticationException>();
        await program.Mailer.Awaiting(static mailer => mailer.ConnectAsync("mail")).Should().ThrowAsync<AccountAuthenticationException>().WithMessage("*30 seconds*");
        await program.Mailer.Awaiting(static mailer => mailer.SendAsync("mail", TestMessage.Create())).Should().ThrowAsync<AccountAuthenticationException>();

        server.SignIns.Should().ContainSingle();
    }

    [Fact]
    public async Task ConnectAsync_WithMechanismsThatAreNotOffered_ShowsThePasswordToNone()
    {
        await using var server = ScriptedMailServer.Start();

        await RefusedAsync(server, server.Account() with { Mechanisms = ["SCRAM-SHA-256"] }, "*SCRAM-SHA-256*offers PLAIN, LOGIN*", isTransient: false);
    }

    [Fact]
    public async Task ConnectAsync_WithAWrongPassword_GivesTheCodeAndNothingOfTheServersText()
    {
        await using var server = ScriptedMailServer.Start();
        server.Accepts = static _ => false;
        await using var program = await CreateAsync(server.Account());

        var thrown = await program.Mailer.Awaiting(static mailer => mailer.ConnectAsync("mail")).Should().ThrowAsync<AccountAuthenticationException>();

        thrown.WithMessage("*'mail'*PLAIN*535 5.7.8*user name and password*");
        thrown.Which.ToString().Should().NotContain("mail-pw").And.NotContain("AG1haWxlcgBtYWlsLXB3");
        thrown.Which.InnerException.Should().BeNull();
    }

    [Fact]
    public async Task ConnectAsync_WhenTheServerCannotCheckThePassword_IsUnavailable()
    {
        await using var server = ScriptedMailServer.Start();
        server.Answer = static (_, command) => command.StartsWith("AUTH", StringComparison.Ordinal) ? "454 4.7.0 temporary authentication failure" : null;
        await using var program = await CreateAsync(server.Account());

        var thrown = await program.Mailer.Awaiting(static mailer => mailer.ConnectAsync("mail")).Should().ThrowAsync<AccountUnavailableException>();

        thrown.WithMessage("*454 4.7.0*").Which.IsTransient.Should().BeTrue();
    }

    [Fact]
    public async Task SendAsync_OfManyWithAWrongPassword_ShowsItOnce()
    {
        var time = new FakeTimeProvider();
        await using var server = ScriptedMailServer.Start();
        server.Accepts = static said => said.EndsWith("right", StringComparison.Ordinal);
        await using var program = await CreateAsync(server.Account(), time);

        var sendings = Enumerable.Range(0, 10).Select(_ => program.Mailer.SendAsync("mail", TestMessage.Create())).ToArray();
        foreach (var sending in sendings)
        {
            await FluentActions.Awaiting(() => sending).Should().ThrowAsync<AccountAuthenticationException>();
        }

        server.SignIns.Should().ContainSingle();
        time.Advance(TimeSpan.FromSeconds(31));
        await program.Mailer.Awaiting(static mailer => mailer.SendAsync("mail", TestMessage.Create())).Should().ThrowAsync<AccountAuthenticationException>();
        server.SignIns.Should().HaveCount(2, "half a minute later it is tried again");

        await program.SaveAsync(server.Account() with { Password = new Secret("right") });
        await program.Mailer.SendAsync("mail", TestMessage.Create());
        server.Messages.Should().ContainSingle("another revision has a try of its own");
    }

    [Fact]
    public async Task ConnectAsync_WithTls13Only_DoesNotSpeakAnOlderOne()
    {
        await using var server = ScriptedMailServer.Start();
        await using var program = await CreateAsync(server.Account() with { Properties = ["mail.smtp.ssl.protocols=TLSv1.3"] });

        using var client = await program.Mailer.ConnectAsync("mail");

        client.SslProtocol.Should().Be(System.Security.Authentication.SslProtocols.Tls13);
    }

    [Fact]
    public async Task ConnectAsync_WithACipherSuite_SpeaksThatOne()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows chooses cipher suites for the whole machine.");
            return;
        }

        await using var server = ScriptedMailServer.Start();
        await using var program = await CreateAsync(server.Account() with { Properties = ["mail.smtp.ssl.ciphersuites=TLS_CHACHA20_POLY1305_SHA256"] });

        using var client = await program.Mailer.ConnectAsync("mail");

        client.SslCipherSuite.Should().Be(System.Net.Security.TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256);
    }

    private static async Task RefusedAsync(ScriptedMailServer server, SmtpAccount account, string message, bool? isTransient, X509Certificate2? root = null)
    {
        await using var program = await CreateAsync(account, root: root);

        var thrown = await program.Mailer.Awaiting(static mailer => mailer.ConnectAsync("mail")).Should().ThrowAsync<AccountUnavailableException>();

        thrown.WithMessage(message).WithMessage("*'mail'*");
        thrown.Which.IsTransient.Should().Be(isTransient ?? thrown.Which.IsTransient);
        thrown.Which.InnerException.Should().BeNull();
        server.SignIns.Should().BeEmpty();
        server.Received.Should().NotContain(static received => received.Command.StartsWith("AUTH", StringComparison.Ordinal));
    }

    private static async Task<MailProgram> CreateAsync(SmtpAccount account, TimeProvider? time = null, X509Certificate2? root = null)
    {
        var program = MailProgram.Create(options => options.TrustedRoots.Add(root ?? TestCertificate.Localhost), time);
        await program.SaveAsync(account);
        return program;
    }
}
