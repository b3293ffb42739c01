namespace Digibee.Accounts;

/// <summary>Clients that prove themselves by a TLS certificate (RFC 8705), against a certified server: at an endpoint that is registered, and at the alias of its metadata.</summary>
[Collection<OAuthServer>]
public sealed class OAuth2CertificateTests(OAuthServer server)
{
    [Theory]
    [InlineData("cc-mtls", "MTLS_CLIENT", "PKI_CLIENT")] // self_signed_tls_client_auth
    [InlineData("cc-pki", "PKI_CLIENT", "PKI_STRANGER")] // tls_client_auth
    public async Task ClientCredentials_ByACertificate_AreTakenIfItIsRight(string client, string right, string wrong)
    {
        await using var program = new OAuthClient(Registered, server["MTLS_CA"]);
        await program.Vault.SaveAsync(Certificate("right", right));
        await program.Vault.SaveAsync(Certificate("wrong", wrong));
        var account = Account(client) with { CertificateAccount = "right" };

        var known = await server.IntrospectAsync(await program.TokenAsync(account));

        known.GetProperty("active").GetBoolean().Should().BeTrue();
        known.GetProperty("client_id").GetString().Should().Be(client);
        known.GetProperty("cnf").GetProperty("x5t#S256").GetString().Should().HaveLength(43, "the token is bound to the certificate");
        (await Refused(program, account with { CertificateAccount = "wrong" })).Should().Contain("invalid_client");
    }

    [Fact]
    public async Task ClientCredentials_AfterTheCertificateWasRotated_PresentTheNewOne()
    {
        await using var program = new OAuthClient(Registered, server["MTLS_CA"]);
        await program.Vault.SaveAsync(Certificate("certificate", "PKI_STRANGER"));
        var account = Account("cc-pki") with { CertificateAccount = "certificate" };
        (await Refused(program, account)).Should().Contain("invalid_client");

        await program.Vault.SaveAsync(Certificate("certificate", "PKI_CLIENT"));

        (await server.IntrospectAsync(await program.TokenAsync("a"))).GetProperty("active").GetBoolean().Should().BeTrue();
    }

    [Fact]
    public async Task ClientCredentials_AtTheAliasOfTheMetadata_AreTaken()
    {
        await using var program = new OAuthClient(
            new OAuth2Provider { Name = "testbed", Issuer = new Uri(server["ISSUER"]), EndpointOrigins = [Origin] }, server["MTLS_CA"]);
        await program.Vault.SaveAsync(Certificate("certificate", "PKI_CLIENT"));

        var token = await program.TokenAsync(Account("cc-pki") with { CertificateAccount = "certificate" });

        (await server.IntrospectAsync(token)).GetProperty("active").GetBoolean().Should().BeTrue();
    }

    private OAuth2Provider Registered => new() { Name = "testbed", TokenEndpoint = new Uri(server["MTLS_TOKEN_URL"]) };

    private string Origin => new Uri(server["MTLS_TOKEN_URL"]).GetLeftPart(UriPartial.Authority);

    private static OAuth2Account Account(string client) => new()
    {
        Name = "a",
        Provider = "testbed",
        Grant = OAuth2Grant.ClientCredentials,
        ClientAuthentication = OAuth2ClientAuthentication.TlsCertificate,
        ClientId = client,
        AllowedOrigins = ["https://api.example"],
    };

    private static async Task<string> Refused(OAuthClient program, Account account) =>
        (await program.Invoking(program => program.TokenAsync(account)).Should().ThrowAsync<AccountAuthenticationException>()).Which.Message;

    private CertificateChainAccount Certificate(string name, string files) => new()
    {
        Name = name,
        Chain = new Secret(File.ReadAllText(server[$"{files}_CERT"]) + File.ReadAllText(server[$"{files}_KEY"])),
        AllowedOrigins = [Origin],
    };
}
