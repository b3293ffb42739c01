using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

/// <summary>Requests with tickets of a real KDC, judged by a real server.</summary>
[Collection<KerberosServer>]
public sealed class KerberosRequestTests(KerberosServer server)
{
    private readonly KerberosTestRealm _realm = server.Realm;

    [Fact]
    public async Task Request_WithTheRightKeytab_IsItsPrincipals()
    {
        await using var accounts = await AccountHttpClient.CreateAsync(_realm.Account("svc-one"));

        using var response = await accounts.Http.GetAsync(_realm.Url);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        UserOf(response).Should().Be($"svc-one@{_realm.Name}");
        response.RequestMessage!.Headers.Authorization.Should().BeNull();
    }

    [Theory]
    [InlineData("aes128-cts-hmac-sha1-96")]
    [InlineData("aes256-cts-hmac-sha1-96")]
    [InlineData("aes128-cts-hmac-sha256-128")]
    [InlineData("aes256-cts-hmac-sha384-192")]
    public async Task Request_WithAKeytabOfOneType_IsTaken(string encryptionType)
    {
        await _realm.AddAsync(encryptionType, encryptionType: encryptionType);
        await using var accounts = await AccountHttpClient.CreateAsync(_realm.Account(encryptionType));

        using var response = await accounts.Http.GetAsync(_realm.Url);

        UserOf(response).Should().Be($"{encryptionType}@{_realm.Name}");
    }

    [Fact]
    public async Task Request_ByTheBlockingWay_IsTaken()
    {
        await using var accounts = await AccountHttpClient.CreateAsync(_realm.Account("svc-one"));
        using var request = new HttpRequestMessage(HttpMethod.Get, _realm.Url);

        using var response = accounts.Http.Send(request);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Request_WithABodyThatCanBeReadOnce_IsSentOnce()
    {
        await using var accounts = await AccountHttpClient.CreateAsync(_realm.Account("svc-one"));
        using var body = new StreamContent(new MemoryStream(Encoding.ASCII.GetBytes(new string('a', 300_000)), writable: false));

        using var response = await accounts.Http.PostAsync(_realm.Url, body);

        response.StatusCode.Should().BeOneOf(HttpStatusCode.OK, HttpStatusCode.MethodNotAllowed);
        UserOf(response).Should().Be($"svc-one@{_realm.Name}");
    }

    [Fact]
    public async Task Request_WhoseServiceMustProveItself_IsAnswered()
    {
        await using var accounts = await AccountHttpClient.CreateAsync(_realm.Account("svc-one") with { RequireMutualAuthentication = true });

        using var response = await accounts.Http.GetAsync(_realm.Url);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(-10)]
    [InlineData(10)]
    public async Task Request_WithAClockTenMinutesWrong_GoesByTheClockOfTheKdc(int minutes)
    {
        await using var accounts = await AccountHttpClient.CreateAsync(_realm.Account("svc-one"), new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(minutes)));

        using var response = await accounts.Http.GetAsync(_realm.Url);

        UserOf(response).Should().Be($"svc-one@{_realm.Name}");
    }

    [Fact]
    public async Task Request_WithTheConfigurationOfTheRealm_NeedsNothingElse()
    {
        var configuration = await File.ReadAllTextAsync($"{_realm.Folder}/krb5.conf");
        var account = _realm.Account("svc-one") with { Principal = "svc-one", KeyDistributionCenters = [], Configuration = configuration };
        await using var accounts = await AccountHttpClient.CreateAsync(account);

        using var response = await accounts.Http.GetAsync(_realm.Url);

        UserOf(response).Should().Be($"svc-one@{_realm.Name}");
    }

    [Fact]
    public async Task Request_WithADeadServerFirst_GoesToTheNext()
    {
        var account = _realm.Account("svc-one");
        await using var accounts = await AccountHttpClient.CreateAsync(account with { KeyDistributionCenters = ["127.0.0.1:1", account.KeyDistributionCenters[0]] });

        using var response = await accounts.Http.GetAsync(_realm.Url);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Requests_OfEightAtOnce_SignInOnce()
    {
        await _realm.AddAsync("many");
        await using var accounts = await AccountHttpClient.CreateAsync(_realm.Account("many"));
        var (signedIn, granted) = (_realm.Issued("AS_REQ"), _realm.Issued("TGS_REQ"));

        await Parallel.ForAsync(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, token) =>
        {
            using var response = await accounts.Http.GetAsync(_realm.Url, token);
            UserOf(response).Should().Be($"many@{_realm.Name}");
        });

        (_realm.Issued("AS_REQ") - signedIn).Should().Be(1);
        (_realm.Issued("TGS_REQ") - granted).Should().Be(1);
    }

    [Fact]
    public async Task Requests_FromFourFlowsWhileTheAccountIsSavedTwentyTimes_AreAlwaysItsPrincipals()
    {
        await _realm.AddAsync("saved");
        var account = _realm.Account("saved");
        await using var accounts = await AccountHttpClient.CreateAsync(account);

        await RotationLoad.RunAsync(accounts.Vault, save => account with { Description = $"the {save}th" }, async () =>
        {
            using var response = await accounts.Http.GetAsync(_realm.Url);
            UserOf(response).Should().Be($"saved@{_realm.Name}");
        });
    }

    private static string UserOf(HttpResponseMessage response) => response.Headers.GetValues("X-User").Single();
}
