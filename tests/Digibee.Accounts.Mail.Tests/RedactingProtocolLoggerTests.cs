using System.Text;
using MailKit;

namespace Digibee.Accounts;

/// <summary>The protocol's log, when a program wants one, shows everything but the sign-in.</summary>
public sealed class RedactingProtocolLoggerTests
{
    [Fact]
    public void Log_OfASignInAtOnce_HidesTheAnswer()
    {
        using var seen = new Recording();
        using var logger = new RedactingProtocolLogger(seen);

        Client(logger, "EHLO client.example\r\n");
        Client(logger, "AUTH PLAIN AG1haWxlcgBtYWlsLXB3\r\n");
        Server(logger, "235 2.7.0 welcome mailer\r\n");
        Client(logger, "MAIL FROM:<a@b.example>\r\n");
        Server(logger, "250 2.1.0 fine\r\n");

        seen.Text.Should().Be("C: EHLO client.example\r\nC: AUTH PLAIN ********\r\nS: 235 2.7.0 ********\r\nC: MAIL FROM:<a@b.example>\r\nS: 250 2.1.0 fine\r\n");
    }

    [Fact]
    public void Log_OfASignInInSteps_HidesChallengesAndAnswers()
    {
        using var seen = new Recording();
        using var logger = new RedactingProtocolLogger(seen);

        Client(logger, "AUTH SCRAM-SHA-256\r\n");
        Server(logger, "334 \r\n");
        Client(logger, "biwsbj1tYWlsZXI=\r\n");
        Server(logger, "334 cj1zYWx0\r\n");
        Client(logger, "Yz1iaXdz");
        Client(logger, "LHA9cHJvb2Y=\r\n");
        Server(logger, "235 ok\r\n");

        seen.Text.Should().Be("C: AUTH SCRAM-SHA-256 ********\r\nS: 334 ********\r\nC: ********\r\nS: 334 ********\r\nC: ********\r\nC: ********\r\nS: 235 ********\r\n");
    }

    [Fact]
    public void Log_OfARefusalThatRepeatsWhatWasSent_KeepsItsCodesOnly()
    {
        using var seen = new Recording();
        using var logger = new RedactingProtocolLogger(seen);

        Client(logger, "AUTH LOGIN\r\n");
        Server(logger, "535-5.7.8 you sent mai");
        Server(logger, "l-pw\r\n535-and AG1haWxlcgBtYWlsLXB3\r\n535 5.7.8 so no\r\n250 later\r\n");
        Client(logger, "QUIT\r\n");

        seen.Text.Should().Be("C: AUTH LOGIN ********\r\nS: 535-5.7.8 ********\r\nS: 535-********\r\nS: 535 5.7.8 ********\r\nS: 250 later\r\nC: QUIT\r\n");
    }

    [Fact]
    public void Log_OfLinesWithoutEnd_KeepsNothingOfThem()
    {
        using var seen = new Recording();
        using var logger = new RedactingProtocolLogger(seen);

        Client(logger, "AUTH LOGIN\r\n");
        for (var i = 0; i < 1_000; i++)
        {
            Server(logger, new string('x', 1_000));
        }

        Server(logger, "\r\n");

        seen.Text.Should().Be("C: AUTH LOGIN ********\r\nS: ********\r\n");
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    [InlineData("XOAUTH2")]
    [InlineData("OAUTHBEARER")]
    public async Task SendAsync_OfTheCanaryWithEachMechanism_LeavesItInNoSink(string mechanism)
    {
        var canary = new LeakCanary();
        using var logs = new LeakCanaryLoggerProvider();
        using var telemetry = new LeakCanaryTelemetry();
        var protocol = new StringBuilder();
        await using var server = ScriptedMailServer.Start();
        server.Accepts = static _ => false;
        await using var program = MailProgram.Create(
            options =>
            {
                options.TrustedRoots.Add(TestCertificate.Localhost);
                options.ProtocolLog = name => new Recording(protocol);
            },
            log: logs);
        var usesToken = mechanism is "XOAUTH2" or "OAUTHBEARER";
        var account = server.Account() with { Password = usesToken ? null : canary.Secret, BearerAccount = usesToken ? "token" : null, Mechanisms = [mechanism] };
        await program.Vault.SaveAsync(new OAuthBearerAccount { Name = "token", Token = canary.Secret, AllowedOrigins = [server.Origin] });
        await program.SaveAsync(account);

        var refused = await program.Mailer.Awaiting(static mailer => mailer.SendAsync("mail", TestMessage.Create())).Should().ThrowAsync<AccountAuthenticationException>();
        server.Accepts = static _ => true;
        await program.SaveAsync(account with { Description = "again" });
        await program.Mailer.SendAsync("mail", TestMessage.Create());
        server.Answer = static (_, command) => command == "(end of data)" ? ScriptedMailServer.HangUp : null;
        var broken = await program.Mailer.Awaiting(static mailer => mailer.SendAsync("mail", TestMessage.Create())).Should().ThrowAsync<MailKit.Net.Smtp.SmtpProtocolException>();

        server.SignIns.Should().HaveCount(2).And.OnlyContain(said => canary.Find(said) != null, "the server it is for gets it");
        protocol.ToString().Should().Contain($"AUTH {mechanism} ********").And.Contain("Subject: hello");
        canary.ThrowIfFound("the protocol's log", protocol.ToString());
        canary.ThrowIfFound("the refusal", refused.Which);
        canary.ThrowIfFound("the break", broken.Which);
        canary.ThrowIfFound("the logs", logs.Text);
        canary.ThrowIfFound("traces and metrics", telemetry.Text);
    }

    private static void Client(RedactingProtocolLogger logger, string text) => logger.LogClient(Encoding.ASCII.GetBytes($"__{text}__"), 2, text.Length);

    private static void Server(RedactingProtocolLogger logger, string text) => logger.LogServer(Encoding.ASCII.GetBytes($"__{text}__"), 2, text.Length);

    private sealed class Recording(StringBuilder text) : IProtocolLogger
    {
        public Recording()
            : this(new StringBuilder())
        {
        }

        public string Text => text.ToString();

        public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

        public void LogConnect(Uri uri) => text.Append("connected ").Append(uri).Append('\n');

        public void LogClient(byte[] buffer, int offset, int count) => text.Append("C: ").Append(Encoding.UTF8.GetString(buffer, offset, count));

        public void LogServer(byte[] buffer, int offset, int count) => text.Append("S: ").Append(Encoding.UTF8.GetString(buffer, offset, count));

        public void Dispose()
        {
            // There is nothing to let go.
        }
    }
}
