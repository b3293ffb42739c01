using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Digibee.Accounts;

/// <summary>Client certificates against a real server that trusts the root alone.</summary>
public sealed class CertificateChainAuthenticatorTests : MutualTlsTest
{
    [Theory]
    [InlineData(SslProtocols.Tls12, "1.1", false)]
    [InlineData(SslProtocols.Tls12, "1.1", true)]
    [InlineData(SslProtocols.Tls12, "2.0", false)]
    [InlineData(SslProtocols.Tls13, "1.1", false)]
    [InlineData(SslProtocols.Tls13, "1.1", true)]
    [InlineData(SslProtocols.Tls13, "2.0", false)]
    [InlineData(SslProtocols.Tls13, "2.0", true)]
    public async Task SendAsync_OverEachProtocol_PresentsTheCertificateWithItsIntermediate(SslProtocols protocol, string version, bool rsa)
    {
        await using var server = await TestMutualTls.StartAsync(protocol);
        await Vault.SaveAsync(TestMutualTls.Account("a", "CN=a", rsa));
        using var client = Client(server.CreateHandler());

        var identity = await SendAsync(client, "a", Version.Parse(version));

        identity.Should().Be("CN=a");
        server.Requests.Should().ContainSingle().Which.Should().Match<TestMutualTls.SeenRequest>(request => request.Tls == protocol && request.Protocol == (version == "2.0" ? "HTTP/2" : "HTTP/1.1"));
    }

    [Fact]
    public async Task Send_OfACertificateAccount_PresentsIt()
    {
        await Vault.SaveAsync(TestMutualTls.Account("a", "CN=a"));
        using var client = Client(Server.CreateHandler());
        using var message = Message("a");

        using var response = client.Send(message);

        response.Headers.GetValues("X-Identity").Should().Equal("CN=a");
    }

    [Fact]
    public async Task SendAsync_OfAnEncryptedKey_PresentsTheCertificate()
    {
        var certificate = TestMutualTls.Issuing.Client("CN=a");
        await Vault.SaveAsync(TestMutualTls.Account("a", certificate) with
        {
            Chain = new Secret(certificate.EncryptedKeyPem("p4ssw0rd") + TestCertificates.Pem(TestMutualTls.Root, TestMutualTls.Issuing, certificate)),
            Password = new Secret("p4ssw0rd"),
        });
        using var client = Client(Server.CreateHandler());

        (await SendAsync(client, "a")).Should().Be("CN=a");
    }

    [Fact]
    public async Task SendAsync_OfAPkcs12File_PresentsTheCertificate()
    {
        var certificate = TestMutualTls.Issuing.Client("CN=a");
        var file = new X509Certificate2Collection { certificate, X509CertificateLoader.LoadCertificate(TestMutualTls.Issuing.RawData) }.Export(X509ContentType.Pkcs12, "p12");
        await Vault.SaveAsync(CertificateChainAccount.FromPkcs12("a", file!, new Secret("p12")) with { AllowedOrigins = ["https://api.example"] });
        using var client = Client(Server.CreateHandler());

        (await SendAsync(client, "a")).Should().Be("CN=a");
    }

    [Fact]
    public async Task SendAsync_OfTheCertificateAlone_IsNobodyToAServerThatKnowsTheRootAlone()
    {
        var certificate = TestMutualTls.Issuing.Client("CN=a");
        await Vault.SaveAsync(TestMutualTls.Account("a", certificate) with { Chain = new Secret(TestCertificates.Pem(certificate) + certificate.KeyPem()) });
        using var client = Client(Server.CreateHandler());

        var sending = () => SendAsync(client, "a");

        // The proof that the other tests show the intermediate, and not a store that happens to have it.
        await sending.Should().ThrowAsync<HttpRequestException>();
        Server.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_ToAClearTextOrigin_SendsNothing()
    {
        await Vault.SaveAsync(TestMutualTls.Account("a", "CN=a") with { AllowedOrigins = ["http://api.example"] });
        using var client = Client(Server.CreateHandler());
        using var message = Message("a", uri: "http://api.example/");

        var sending = () => client.SendAsync(message);

        await sending.Should().ThrowAsync<AccountOriginException>().WithMessage("*clear text*https*");
        Server.Connections.Should().Be(0);
    }

    [Fact]
    public async Task SendAsync_OfAnAccountWithoutItsKey_SendsNothing()
    {
        await Vault.SaveAsync(TestMutualTls.Account("a", "CN=a") with { Chain = new Secret(TestCertificates.Pem(TestMutualTls.Issuing.Client("CN=a"))) });
        using var client = Client(Server.CreateHandler());

        var sending = () => SendAsync(client, "a");

        await sending.Should().ThrowAsync<AccountValidationException>().WithMessage("*no private key*");
        Server.Connections.Should().Be(0);
        Pool.Live.Should().Be(0);
    }

    [Theory]
    [InlineData("certificates")]
    [InlineData("context")]
    [InlineData("callback")]
    public async Task SendAsync_OfAHandlerWithACertificateOfItsOwn_SendsNothing(string what)
    {
        await Vault.SaveAsync(TestMutualTls.Account("a", "CN=a"));
        var handler = Server.CreateHandler();
        using var own = TestMutualTls.Issuing.Client("CN=own");
        switch (what)
        {
            case "certificates":
                handler.SslOptions.ClientCertificates = [own];
                break;
            case "context":
                handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(own, additionalCertificates: null, offline: true);
                break;
            default:
                handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => own;
                break;
        }

        using var client = Client(handler);

        var sending = () => SendAsync(client, "a");

        await sending.Should().ThrowAsync<AccountUnavailableException>().WithMessage("*'a'*certificate of its own*SslOptions*");
        Server.Connections.Should().Be(0);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task SendAsync_OfAConnectCallbackThatDoesTlsItself_SendsNothing(string version)
    {
        await Vault.SaveAsync(TestMutualTls.Account("a", "CN=a"));
        var handler = Server.CreateHandler();
        handler.ConnectCallback = async (context, cancellationToken) =>
        {
            var tls = new SslStream(await Server.ConnectAsync(context, cancellationToken));
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "api.example",
#pragma warning disable CA5359 // The certificate is made for the test.
                    RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
                },
                cancellationToken);
            return tls;
        };
        using var client = Client(handler);

        var sending = () => SendAsync(client, "a", Version.Parse(version));

        await sending.Should().ThrowAsync<AccountUnavailableException>().WithMessage("*ConnectCallback*without TLS*");
        Server.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_ThroughAProxyThatSpeaksTls_SendsNothing()
    {
        await Vault.SaveAsync(TestMutualTls.Account("a", "CN=a"));
        var handler = Server.CreateHandler();
        handler.Proxy = new WebProxy("https://proxy.example:8443");
        using var client = Client(handler);

        var sending = () => SendAsync(client, "a");

        // The platform would present the certificate to the proxy too.
        await sending.Should().ThrowAsync<AccountUnavailableException>().WithMessage("*'a'*proxy*http*");
        Server.Connections.Should().Be(0);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://proxy.example:8443")]
    public async Task SendAsync_WithAProxyThatIsNotForThisServer_GoesPastIt(string? proxy)
    {
        await Vault.SaveAsync(TestMutualTls.Account("a", "CN=a"));
        var handler = Server.CreateHandler();
        handler.Proxy = proxy is null ? new WebProxy() : new WebProxy(proxy, BypassOnLocal: true, [".*"]);
        using var client = Client(handler);

        var subject = await SendAsync(client, "a");

        subject.Should().Be("CN=a");
    }
}
