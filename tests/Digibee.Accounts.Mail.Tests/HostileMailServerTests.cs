using System.Text;
using MailKit;

namespace Digibee.Accounts;

/// <summary>A server that has a trusted certificate, and means harm.</summary>
public sealed class HostileMailServerTests
{
    [Fact]
    public async Task SendAsync_ToAServerThatSkipsItsProof_SendsNothing()
    {
        await using var server = ScriptedMailServer.Start();
        server.Mechanisms = "SCRAM-SHA-256";
        server.Answer = static (_, command) => command.StartsWith("AUTH", StringComparison.Ordinal) ? Challenge(command, 4096)
            : command.Length > 40 && !command.Contains(' ', StringComparison.Ordinal) ? "235 2.7.0 welcome"
            : null;
        await using var program = await CreateAsync(server);

        var thrown = await program.Mailer.Awaiting(static mailer => mailer.SendAsync("mail", TestMessage.Create())).Should().ThrowAsync<AccountAuthenticationException>();

        thrown.WithMessage("*server's part of the exchange was wrong*");
        server.Messages.Should().BeEmpty();
        server.Received.Should().NotContain(static received => received.Command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1_000_001)]
    [InlineData(int.MaxValue)]
    public async Task SendAsync_ToAServerThatAsksForEndlessHashing_RefusesAtOnce(int iterations)
    {
        await using var server = ScriptedMailServer.Start();
        server.Mechanisms = "SCRAM-SHA-256";
        server.Answer = (_, command) => command.StartsWith("AUTH", StringComparison.Ordinal) ? Challenge(command, iterations) : null;
        await using var program = await CreateAsync(server);

        var thrown = await program.Mailer.Awaiting(static mailer => mailer.SendAsync("mail", TestMessage.Create())).Should().ThrowAsync<AccountAuthenticationException>();

        thrown.WithMessage("*server's part of the exchange was wrong*");
    }

    [Theory]
    [InlineData("334 VXNlcm5hbWU6\r\n334 UGFzc3dvcmQ6\r\n235 2.7.0 welcome")]
    [InlineData("334 VXNlcm5hbWU6\r\n334 UGFzc3dvcmQ6\r\n535 5.7.8 no")]
    public async Task SendAsync_ToAServerThatAnswersAhead_ShowsTheLogNoSecret(string ahead)
    {
        var canary = new LeakCanary();
        var protocol = new StringBuilder();
        await using var server = ScriptedMailServer.Start();
        server.Mechanisms = "LOGIN";
        server.Answer = (_, command) => command.StartsWith("AUTH", StringComparison.Ordinal) ? ahead : null;
        await using var program = await CreateAsync(server, options => options.ProtocolLog = _ => new Recording(protocol), account => account with { Password = canary.Secret });

        try
        {
            await program.Mailer.SendAsync("mail", TestMessage.Create());
        }
        catch (Exception exception) when (exception is AccountException or MailKit.Net.Smtp.SmtpCommandException or MailKit.Net.Smtp.SmtpProtocolException)
        {
            // Whatever becomes of it.
        }

        await program.DisposeAsync();
        await server.WaitUntilClosedAsync();
        server.Received.Should().Contain(received => canary.Find(received.Command) != null, "the password was sent");
        canary.ThrowIfFound("the protocol's log", protocol.ToString());
    }

    [Fact]
    public async Task SendAsync_ToAServerWhoseAnswerDoesNotEnd_GivesUp()
    {
        await using var server = ScriptedMailServer.Start();
        server.Answer = static (_, command) => command.StartsWith("MAIL", StringComparison.Ordinal) ? "250 " + new string('x', 17 << 20) : null;
        await using var program = await CreateAsync(server);

        await program.Mailer.Awaiting(static mailer => mailer.SendAsync("mail", TestMessage.Create())).Should().ThrowAsync<AccountUnavailableException>();

        server.Messages.Should().BeEmpty();
    }

    // RFC 5802, section 5.1: the client's nonce and more, a salt, the count.
    private static string Challenge(string command, int iterations)
    {
        var first = Encoding.UTF8.GetString(Convert.FromBase64String(command.Split(' ')[2]));
        var nonce = first[(first.IndexOf("r=", StringComparison.Ordinal) + 2)..];
        return "334 " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"r={nonce}server,s=c2FsdHNhbHQ=,i={iterations}"));
    }

    private static async Task<MailProgram> CreateAsync(ScriptedMailServer server, Action<AccountMailOptions>? configure = null, Func<SmtpAccount, SmtpAccount>? account = null)
    {
        var program = MailProgram.Create(options =>
        {
            options.TrustedRoots.Add(TestCertificate.Localhost);
            configure?.Invoke(options);
        });
        await program.SaveAsync(account?.Invoke(server.Account()) ?? server.Account());
        return program;
    }

    private sealed class Recording(StringBuilder text) : IProtocolLogger
    {
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
