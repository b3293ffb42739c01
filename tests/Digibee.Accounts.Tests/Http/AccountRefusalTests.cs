using System.Net;

namespace Digibee.Accounts;

/// <summary>A 401 or 403 that stays is the caller's answer; why we think so is told beside it.</summary>
public sealed class AccountRefusalTests : NetworkTest
{
    [Theory]
    [InlineData(401, false)]
    [InlineData(401, true)]
    [InlineData(403, false)]
    [InlineData(403, true)]
    public async Task Send_WhenTheServerRefuses_ReturnsItsAnswerAsItCame(int status, bool synchronously)
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        Refuse(status);
        using var client = Client(accounts, "bearer");

        using var response = await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "https://api.example/"), synchronously);

        response.StatusCode.Should().Be((HttpStatusCode)status);
        (await response.Content.ReadAsStringAsync()).Should().Be("why");
        response.Headers.WwwAuthenticate.Should().HaveCount(2);
        var refusal = response.GetAccountRefusal()!;
        refusal.StatusCode.Should().Be((HttpStatusCode)status);
        refusal.AccountNames.Should().Equal("bearer");
        refusal.Reason.Should().Contain("It asks for: Bearer, Basic.").And.NotContain("echo");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Send_WithThrowOnRefusal_ThrowsWithoutWhatTheServerWrote(bool synchronously)
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        Refuse(401);
        using var client = Client(accounts, "bearer", static options => options.ThrowOnRefusal = true);

        var sending = () => client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "https://api.example/"), synchronously);

        var error = (await sending.Should().ThrowAsync<AccountAuthenticationException>()).Which;
        error.AccountName.Should().Be("bearer");
        error.ToString().Should().Contain("401").And.NotContain("echo");
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    [InlineData(407)]
    [InlineData(500)]
    public async Task GetAccountRefusal_OfAnotherAnswer_IsNull(int status)
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        Network.Answer = (_, response) => response.StatusCode = status;
        using var client = Client(accounts, "bearer", static options => options.ThrowOnRefusal = true);

        using var response = await client.GetAsync("https://api.example/");

        response.GetAccountRefusal().Should().BeNull();
    }

    [Fact]
    public async Task GetAccountRefusal_OfARequestWithoutAccounts_IsNull()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        Refuse(401);
        using var client = Client(accounts, "bearer", static options => options.ThrowOnRefusal = true);

        using var response = await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "https://api.example/").UseAccounts());

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        response.GetAccountRefusal().Should().BeNull();
    }

    [Fact]
    public async Task GetAccountRefusal_AfterARedirectThatTookTheAccountOff_IsNull()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        Network.Answer = static (request, response) =>
        {
            response.StatusCode = request.Host == "api.example" ? 302 : 401;
            response.Headers.Location = "https://other.example/";
        };
        using var client = Client(accounts, "bearer");

        using var response = await client.GetAsync("https://api.example/");

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        response.GetAccountRefusal().Should().BeNull();
    }

    [Fact]
    public void Of_AChallengeWithoutEnd_TellsAFewSchemes()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.Unauthorized);
        for (var i = 0; i < 1_000; i++)
        {
            response.Headers.WwwAuthenticate.Add(new($"Scheme{i}"));
        }

        response.Headers.WwwAuthenticate.Add(new(new string('x', 10_000)));

        AccountRefusal.Of(response, ["bearer"]).Reason.Length.Should().BeLessThan(400);
    }

    [Fact]
    public void Of_AChallengeWhoseSchemeIsWhatWasSent_DoesNotRepeatIt()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.Add(new("0123456789abcdef0123456789abcdef"));
        response.Headers.WwwAuthenticate.Add(new("bearer"));

        AccountRefusal.Of(response, ["bearer"]).Reason.Should().EndWith("It asks for: another scheme, Bearer.").And.NotContain("0123");
    }

    private void Refuse(int status)
    {
        Network.Answer = (_, response) =>
        {
            response.StatusCode = status;
            response.Headers.WWWAuthenticate = new(["Bearer error=\"echo of what we sent\"", "Basic realm=\"echo\""]);
        };
        Network.AnswerBody = static (_, response) => response.Body.WriteAsync("why"u8.ToArray()).AsTask();
    }
}
