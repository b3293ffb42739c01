using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>A reference widens nothing: who may not use the referred account does not use it through another.</summary>
public sealed class AccountReferencesTests : IAsyncDisposable
{
    private static readonly string Pem = ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportPkcs8PrivateKeyPem();

    private readonly TokenFixture _fixture = new(static builder => builder.Configure(static options => options.Project = "billing"));

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Theory]
    [InlineData("", "", true)]
    [InlineData("billing", "", true)]
    [InlineData("billing", "billing", true)]
    [InlineData("billing", "billing,crm", true)]
    [InlineData("", "billing", false)]
    [InlineData("billing,crm", "billing", false)]
    [InlineData("billing", "crm", false)]
    public async Task OpenAsync_OfAnAccountThatIsLimitedToProjects_WantsTheReferringOneLimitedToThem(string referring, string referred, bool isAllowed)
    {
        await _fixture.Vault.SaveAsync(Key with { Projects = Projects(referred) });
        await _fixture.Vault.SaveAsync(Account with { Projects = Projects(referring) });

        var sending = () => _fixture.AuthorizationAsync();

        if (isAllowed)
        {
            (await sending()).Should().Be("Bearer token-1");
            return;
        }

        (await sending.Should().ThrowAsync<AccountValidationException>()).Which.Problems.Should().ContainSingle().Which.Field.Should().Be("KeyAccount");
        _fixture.Endpoint.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("billing", true)]
    [InlineData("crm", false)]
    public async Task OpenAsync_ForAnAccountOfAScope_AsksTheProgramsProject(string referred, bool isAllowed)
    {
        await _fixture.Vault.SaveAsync(Key with { Projects = [referred] });
        using var scope = _fixture.Vault.BeginScope();
        scope.Set(Account);

        var sending = () => _fixture.AuthorizationAsync();

        if (isAllowed)
        {
            (await sending()).Should().Be("Bearer token-1");
            return;
        }

        (await sending.Should().ThrowAsync<AccountNotFoundException>()).Which.AccountName.Should().Be("signer");
    }

    private static PrivateKeyAccount Key => new() { Name = "signer", Key = new Secret(Pem), AllowedOrigins = ["https://idp.example"] };

    private static OAuth2Account Account { get; } =
        TokenFixture.ClientCredentials() with { ClientSecret = null, ClientAuthentication = OAuth2ClientAuthentication.PrivateKeyJwt, KeyAccount = "signer" };

    private static NameList Projects(string list) => [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries)];
}
