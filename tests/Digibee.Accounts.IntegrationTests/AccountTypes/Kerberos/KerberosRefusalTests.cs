using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Digibee.Accounts;

/// <summary>What a real KDC does not give, and what the caller reads of it: enough to know what to do.</summary>
[Collection<KerberosServer>]
public sealed class KerberosRefusalTests(KerberosServer server)
{
    private readonly KerberosTestRealm _realm = server.Realm;

    [Fact]
    public async Task Request_WithTheKeyOfYesterday_SaysThatThePasswordWasChanged()
    {
        await _realm.AddAsync("changed");
        var account = _realm.Account("changed");
        await _realm.AdministerAsync("cpw -randkey changed");

        (await RefusedAsync(account)).Should().Contain("password was changed").And.Contain("Write a new keytab");
    }

    [Fact]
    public async Task Request_WithARefusedKey_AsksTheKdcOnlyOnce()
    {
        await _realm.AddAsync("locked-out");
        await using var accounts = await AccountHttpClient.CreateAsync(_realm.Account("locked-out"));
        await _realm.AdministerAsync("cpw -randkey locked-out");
        for (var i = 0; i < 5; i++)
        {
            await accounts.Awaiting(accounts => accounts.Http.GetAsync(_realm.Url)).Should().ThrowAsync<AccountAuthenticationException>();
        }

        (await File.ReadAllLinesAsync($"{_realm.Folder}/kdc.log")).Count(static line => line.Contains(" PREAUTH_FAILED: locked-out@", StringComparison.Ordinal)).Should().Be(1);
    }

    [Fact]
    public async Task Request_OfAnUnknownPrincipal_SaysSo()
    {
        await _realm.AddAsync("gone");
        var account = _realm.Account("gone");
        await _realm.AdministerAsync("delprinc -force gone");

        (await RefusedAsync(account)).Should().Contain("does not know the principal").And.NotContain("gone@");
    }

    [Theory]
    [InlineData("expired", "-expire 2001-01-01", "has expired")]
    [InlineData("password-expired", "-pwexpire 2001-01-01", "password has expired")]
    [InlineData("locked", "-allow_tix", "locked, disabled or expired")]
    public async Task Request_OfAPrincipalThatMayNotSignIn_SaysWhy(string name, string options, string says)
    {
        await _realm.AddAsync(name);
        await _realm.AdministerAsync($"modprinc {options} {name}");

        (await RefusedAsync(_realm.Account(name))).Should().Contain(says);
    }

    [Fact]
    public async Task Request_ToAnUnknownService_NamesItAndWhatToSet()
    {
        var account = _realm.Account("svc-one") with { AllowedOrigins = ["http://127.0.0.1:" + _realm.Url.Port] };

        (await RefusedAsync(account, new Uri($"http://127.0.0.1:{_realm.Url.Port}/"))).Should().Contain("HTTP/127.0.0.1").And.Contain("ServicePrincipal");
    }

    [Fact]
    public async Task Request_ToAHostOfAnotherName_IsTakenWithTheServicePrincipal()
    {
        var account = _realm.Account("svc-one") with { AllowedOrigins = ["http://127.0.0.1:" + _realm.Url.Port], ServicePrincipal = "HTTP/localhost" };
        await using var accounts = await AccountHttpClient.CreateAsync(account);

        using var response = await accounts.Http.GetAsync(new Uri($"http://127.0.0.1:{_realm.Url.Port}/index.html"));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Request_WithAnUnknownServicePrincipal_DoesNotRepeatIt() =>
        (await RefusedAsync(_realm.Account("svc-one") with { ServicePrincipal = "HTTP/n0wh3r3" })).Should().Contain("the service of ServicePrincipal").And.NotContain("n0wh3r3");

    [Fact]
    public async Task Request_WithRc4AloneAndNoLeave_IsRefusedAtSave()
    {
        await _realm.AddAsync("rc4", encryptionType: "arcfour-hmac");
        var account = _realm.Account("rc4");

        var saving = () => AccountHttpClient.CreateAsync(account);

        (await saving.Should().ThrowAsync<AccountValidationException>()).Which.Problems.Should().ContainSingle().Which.Message.Should().Contain("AllowRc4");
    }

    [Fact]
    public async Task Request_WithRc4Allowed_SignsInByIt()
    {
        await _realm.AddAsync("rc4-allowed", encryptionType: "arcfour-hmac");
        await using var accounts = await AccountHttpClient.CreateAsync(_realm.Account("rc4-allowed") with { AllowRc4 = true });

        using var response = await accounts.Http.GetAsync(_realm.Url);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Request_WithoutAnyKdc_SaysThatNoneAnswered()
    {
        await using var accounts = await AccountHttpClient.CreateAsync(_realm.Account("svc-one") with { KeyDistributionCenters = ["127.0.0.1:1", "[::1]:1"] });

        var sending = () => accounts.Http.GetAsync(_realm.Url);

        var error = (await sending.Should().ThrowAsync<AccountUnavailableException>()).Which;
        error.IsTransient.Should().BeTrue();
        error.Message.Should().Contain("No key distribution center answered").And.Contain("2 known");
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nWWW-Authenticate: Negotiate oRQwEqADCgEAoQsGCSqGSIb3EgECAg==\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: /\r\nWWW-Authenticate: Negotiate !\r\nContent-Length: 0\r\n\r\n")]
    public async Task Request_ToAServerThatDoesNotProveItself_IsThrownAway(string answer)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = AnswerAsync(listener, answer);
        var url = new Uri($"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        var account = _realm.Account("svc-one") with { RequireMutualAuthentication = true, AllowedOrigins = [url.GetLeftPart(UriPartial.Authority)] };

        (await RefusedAsync(account, url)).Should().Contain("did not prove").And.Contain("RequireMutualAuthentication");

        (await answering).Should().Contain("Authorization: Negotiate YI");
    }

    private static async Task<string> AnswerAsync(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync();
        using var stream = client.GetStream();
        using var reader = new StreamReader(stream);
        var request = new StringBuilder();
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            request.AppendLine(line);
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        return request.ToString();
    }

    private async Task<string> RefusedAsync(KerberosAccount account, Uri? url = null)
    {
        await using var accounts = await AccountHttpClient.CreateAsync(account);

        var sending = () => accounts.Http.GetAsync(url ?? _realm.Url);

        var error = (await sending.Should().ThrowAsync<AccountAuthenticationException>()).Which;
        error.AccountName.Should().Be(account.Name);
        error.IsTransient.Should().BeFalse();
        return error.Message;
    }
}
