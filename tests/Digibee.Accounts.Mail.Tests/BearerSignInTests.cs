using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>Sign-in with the token of another account: where that may go, and when the token is made anew.</summary>
public sealed class BearerSignInTests
{
    [Theory]
    [InlineData("OAUTHBEARER XOAUTH2", "n,a=mailer,\u0001host=localhost\u0001port={0}\u0001auth=Bearer t0ken\u0001\u0001")]
    [InlineData("XOAUTH2 PLAIN", "user=mailer\u0001auth=Bearer t0ken\u0001\u0001")]
    public async Task SendAsync_WithAnOAuthBearerAccount_SignsInWithItsToken(string offered, string expected)
    {
        await using var server = ScriptedMailServer.Start();
        server.Mechanisms = offered;
        await using var program = await CreateAsync(server, new OAuthBearerAccount { Name = "token", Token = new Secret("t0ken"), AllowedOrigins = [server.Origin] });

        await program.Mailer.SendAsync("mail", TestMessage.Create());

        server.SignIns.Should().ContainSingle().Which.Should().Be(string.Format(System.Globalization.CultureInfo.InvariantCulture, expected, server.Port));
    }

    [Fact]
    public async Task SendAsync_WithATokenThatIsNotForTheServer_ConnectsNowhere()
    {
        await using var server = ScriptedMailServer.Start();
        await using var program = await CreateAsync(server, new OAuthBearerAccount { Name = "token", Token = new Secret("t0ken"), AllowedOrigins = ["https://localhost", "https://api.example"] });

        var thrown = await program.Mailer.Awaiting(static mailer => mailer.SendAsync("mail", TestMessage.Create())).Should().ThrowAsync<AccountOriginException>();

        thrown.WithMessage($"*'token'*{server.Origin}*AllowedOrigins*");
        server.Connections.Should().Be(0);
    }

    [Fact]
    public async Task SendAsync_WithAnAccountThatHasNoToken_IsRefused()
    {
        await using var server = ScriptedMailServer.Start();
        await using var program = await CreateAsync(server, new BasicAccount { Name = "token", UserName = "a", Password = new Secret("b"), AllowedOrigins = [server.Origin] });

        await program.Mailer.Awaiting(static mailer => mailer.SendAsync("mail", TestMessage.Create())).Should().ThrowAsync<AccountValidationException>().WithMessage("*'mail'*BearerAccount*'token' has no token*");
    }

    [Fact]
    public async Task SendAsync_WithTokensBoundToAKey_IsRefused()
    {
        await using var server = ScriptedMailServer.Start();
        await using var program = await CreateAsync(server, new OAuth2Account { Name = "token", Provider = "google", UseDPoP = true, AllowedOrigins = [server.Origin] });

        await program.Mailer.Awaiting(static mailer => mailer.SendAsync("mail", TestMessage.Create())).Should().ThrowAsync<AccountValidationException>().WithMessage("*DPoP*");
    }

    [Fact]
    public async Task SendAsync_AfterTheTokensAccountWasSaved_SignsInAnew()
    {
        await using var server = ScriptedMailServer.Start();
        var token = new OAuthBearerAccount { Name = "token", Token = new Secret("one"), AllowedOrigins = [server.Origin] };
        await using var program = await CreateAsync(server, token);
        await program.Mailer.SendAsync("mail", TestMessage.Create());

        await program.Vault.SaveAsync(token with { Token = new Secret("two") });
        await program.Mailer.SendAsync("mail", TestMessage.Create());

        server.SignIns.Should().HaveCount(2);
        server.SignIns.Last().Should().Contain("auth=Bearer two");
    }

    [Fact]
    public async Task SendAsync_OfAStoredAccountInAScope_DoesNotTakeTheScopesToken()
    {
        await using var server = ScriptedMailServer.Start();
        var token = new OAuthBearerAccount { Name = "token", Token = new Secret("stored"), AllowedOrigins = [server.Origin] };
        await using var program = await CreateAsync(server, token);
        using var scope = program.Vault.BeginScope();
        scope.Set(token with { Token = new Secret("scoped") });

        await program.Mailer.SendAsync("mail", TestMessage.Create());

        server.SignIns.Should().ContainSingle().Which.Should().Contain("auth=Bearer stored");
    }

    [Fact]
    public async Task SendAsync_WithAnOAuth2Account_AsksForATokenAndForAnotherWhenTheServerRefusesIt()
    {
        await using var server = ScriptedMailServer.Start();
        await using var tokens = new TokenServer();
        server.Accepts = static said => said.Contains("token-2", StringComparison.Ordinal);
        await using var program = await CreateAsync(
            server,
            new OAuth2Account { Name = "token", Provider = "login", Grant = OAuth2Grant.ClientCredentials, ClientId = "shop", ClientSecret = new Secret("s"), AllowedOrigins = [server.Origin] },
            builder => builder.AddOAuth2Provider(new OAuth2Provider { Name = "login", TokenEndpoint = tokens.Uri }));

        await program.Mailer.SendAsync("mail", TestMessage.Create("one"));
        await program.Mailer.SendAsync("mail", TestMessage.Create("two"));

        tokens.Requests.Should().HaveCount(2).And.OnlyContain(static form => form.Contains("grant_type=client_credentials", StringComparison.Ordinal));
        server.SignIns.Should().HaveCount(2);
        server.Messages.Should().HaveCount(2);
    }

    [Fact]
    public async Task SendAsync_WhenEveryTokenIsRefused_GivesUpAfterTheSecond()
    {
        await using var server = ScriptedMailServer.Start();
        await using var tokens = new TokenServer();
        server.Accepts = static _ => false;
        await using var program = await CreateAsync(
            server,
            new OAuth2Account { Name = "token", Provider = "login", Grant = OAuth2Grant.ClientCredentials, ClientId = "shop", ClientSecret = new Secret("s"), AllowedOrigins = [server.Origin] },
            builder => builder.AddOAuth2Provider(new OAuth2Provider { Name = "login", TokenEndpoint = tokens.Uri }));

        var thrown = await program.Mailer.Awaiting(static mailer => mailer.SendAsync("mail", TestMessage.Create())).Should().ThrowAsync<AccountAuthenticationException>();

        thrown.WithMessage("*OAUTHBEARER*535 5.7.8*'token'*").Which.ToString().Should().NotContain("token-1").And.NotContain("token-2");
        tokens.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task SendAsync_WhileThereIsNoToken_AsksForOneEachTime()
    {
        await using var server = ScriptedMailServer.Start();
        await using var tokens = new TokenServer { Refuses = true };
        await using var program = await CreateAsync(
            server,
            new OAuth2Account { Name = "token", Provider = "login", Grant = OAuth2Grant.ClientCredentials, ClientId = "shop", ClientSecret = new Secret("s"), AllowedOrigins = [server.Origin] },
            builder => builder.AddOAuth2Provider(new OAuth2Provider { Name = "login", TokenEndpoint = tokens.Uri }));

        var first = await program.Mailer.Awaiting(static mailer => mailer.SendAsync("mail", TestMessage.Create())).Should().ThrowAsync<AccountAuthenticationException>();
        var second = await program.Mailer.Awaiting(static mailer => mailer.SendAsync("mail", TestMessage.Create())).Should().ThrowAsync<AccountAuthenticationException>();

        first.Which.AccountName.Should().Be("token");
        second.Which.AccountName.Should().Be("token", "the mailbox was not asked, so no refusal of it holds");
        server.SignIns.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_WithAGoogleKey_SignsInWithATokenOfItsKey()
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        await using var server = ScriptedMailServer.Start();
        var google = new GoogleKeyAccount
        {
            Name = "token",
            Key = new Secret($$"""{"type":"service_account","private_key":"{{key.ExportPkcs8PrivateKeyPem().ReplaceLineEndings("\\n")}}","client_email":"robot@shop.example"}"""),
            Mode = GoogleKeyMode.SelfSignedJwt,
            Audience = "https://mail.google.com/",
            AllowedOrigins = [server.Origin],
        };
        await using var program = await CreateAsync(server, google);

        await program.Mailer.SendAsync("mail", TestMessage.Create());

        server.SignIns.Should().ContainSingle().Which.Should().MatchRegex("auth=Bearer [A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
    }

    private static async Task<MailProgram> CreateAsync(ScriptedMailServer server, Account token, Action<IDigibeeAccountsBuilder>? build = null)
    {
        var program = MailProgram.Create(static options => options.TrustedRoots.Add(TestCertificate.Localhost), build: build);
        await program.Vault.SaveAsync(token);
        await program.SaveAsync(server.Account() with { Password = null, BearerAccount = "token" });
        return program;
    }

    /// <summary>Hands out token-1, token-2, …</summary>
    private sealed class TokenServer : IAsyncDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly Task _serving;

        public TokenServer()
        {
            // A free port is not told by this listener.
            using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                Uri = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/token");
            }

            _listener.Prefixes.Add(Uri.AbsoluteUri + "/");
            _listener.Start();
            _serving = ServeAsync();
        }

        public Uri Uri { get; }

        public ConcurrentQueue<string> Requests { get; } = new();

        public bool Refuses { get; init; }

        public async ValueTask DisposeAsync()
        {
            _listener.Close();
            await _serving;
        }

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    var context = await _listener.GetContextAsync();
                    using var reader = new StreamReader(context.Request.InputStream);
                    Requests.Enqueue(await reader.ReadToEndAsync());
                    context.Response.ContentType = "application/json";
                    context.Response.StatusCode = Refuses ? 400 : 200;
                    await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Refuses ? """{"error":"invalid_client"}""" : $$"""{"access_token":"token-{{Requests.Count}}","token_type":"Bearer","expires_in":3600}"""));
                    context.Response.Close();
                }
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                // Stopped.
            }
        }
    }
}
