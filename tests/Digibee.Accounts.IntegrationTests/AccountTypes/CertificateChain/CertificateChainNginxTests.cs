using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>What operators paste, presented to nginx.</summary>
[Collection<NginxMtlsServer>]
public sealed class CertificateChainNginxTests(NginxMtlsServer server)
{
    private const string P12Password = "p12-pw";
    private const string KeyPassword = "key-pw";

    public static TheoryData<string, string> Connections => new() { { "TLS12_URL", "1.1" }, { "TLS12_URL", "2.0" }, { "TLS13_URL", "1.1" }, { "TLS13_URL", "2.0" } };

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task SendAsync_OfWhatOpenSslPkcs12Writes_IsVerified(string url, string version)
    {
        var answer = await SendAsync(server.Account("mtls", server.Read("client.pem"), KeyPassword), url, version);

        answer.Should().Match($"{(url == "TLS12_URL" ? "TLSv1.2" : "TLSv1.3")} SUCCESS CN=client *proto=HTTP/{version}*");
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task SendAsync_OfAPkcs12File_IsVerified(string url, string version)
    {
        var account = CertificateChainAccount.FromPkcs12("mtls", server.ReadBytes("client.p12"), new Secret(P12Password)) with { AllowedOrigins = [server[url].TrimEnd('/')] };

        (await SendAsync(account, url, version)).Should().Contain("SUCCESS CN=client ");
    }

    [Fact]
    public async Task SendAsync_OfAKeyInTraditionalEncryption_IsVerified()
    {
        var chain = server.Read("client.crt") + server.Read("int.crt") + server.Read("client-dek.key");

        (await SendAsync(server.Account("mtls", chain, KeyPassword), "TLS13_URL", "1.1")).Should().Contain("SUCCESS CN=client ");
    }

    [Fact]
    public async Task SendAsync_OfATextWithEscapedLineEnds_IsVerified() =>
        (await SendAsync(server.Account("mtls", server.Read("client.pem").Replace("\n", "\\n"), KeyPassword), "TLS13_URL", "1.1")).Should().Contain("SUCCESS CN=client ");

    [Fact]
    public async Task SendAsync_OfTheCertificateWithoutItsIntermediate_IsRefusedByTheServer()
    {
        await using var accounts = Create();
        var summary = await accounts.Vault.SaveAsync(server.Account("mtls", server.Read("client.crt") + server.Read("client.key")));
        using var client = new HttpClient(accounts.CreateHandler("mtls", server.CreateHandler()));

        using var response = await client.GetAsync(new Uri(server["TLS13_URL"]));

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        summary.Warnings.Should().ContainSingle().Which.Should().Contain("the certificate of its issuer is not in it");
    }

    [Fact]
    public async Task SendAsync_OfAnExpiredCertificate_WasReportedAtTheSave()
    {
        await using var accounts = Create();

        var summary = await accounts.Vault.SaveAsync(server.Account("mtls", server.Read("expired.crt") + server.Read("int.crt") + server.Read("expired.key")));

        summary.KnownExpiry.Should().Be(new DateTimeOffset(2020, 2, 1, 0, 0, 0, TimeSpan.Zero));
        summary.Warnings.Should().ContainSingle().Which.Should().Contain("expired");
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task SendAsync_AfterARotation_IsTheNewOneOnAConnectionOfItsOwn(string url, string version)
    {
        await using var accounts = Create();
        await accounts.Vault.SaveAsync(server.Account("mtls", server.Read("client.pem"), KeyPassword));
        using var client = new HttpClient(accounts.CreateHandler("mtls", server.CreateHandler()));
        var before = await GetAsync(client, url, version);

        await accounts.Vault.SaveAsync(server.Account("mtls", server.Read("client2.crt") + server.Read("int.crt") + server.Read("client2.key")));
        var after = await GetAsync(client, url, version);

        before.Should().Contain("CN=client ");
        after.Should().Contain("CN=client2 ");
    }

    private async Task<string> SendAsync(CertificateChainAccount account, string url, string version)
    {
        await using var accounts = Create();
        await accounts.Vault.SaveAsync(account);
        using var client = new HttpClient(accounts.CreateHandler(account.Name, server.CreateHandler()));
        return await GetAsync(client, url, version);
    }

    private async Task<string> GetAsync(HttpClient client, string url, string version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, server[url]) { Version = Version.Parse(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var response = await client.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    private static DigibeeAccounts Create() =>
        DigibeeAccounts.Create(static builder => builder.Configure(static options => options.Environment = "test").UseInMemoryStore().UseKeyRing(KeyRing.Parse(KeyRing.NewKeyText())));
}
