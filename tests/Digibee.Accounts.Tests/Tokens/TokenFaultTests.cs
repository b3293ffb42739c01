using System.Net;

namespace Digibee.Accounts;

/// <summary>What token endpoints answer in place of tokens: nothing of it is sent on, and each means something for the next attempt.</summary>
public sealed class TokenFaultTests : IAsyncDisposable
{
    private readonly TokenFixture _fixture = new();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Theory]
    [InlineData(HttpStatusCode.OK, "<html>c4n4ry</html>")]
    [InlineData(HttpStatusCode.OK, "")]
    [InlineData(HttpStatusCode.OK, "{\"access_token\":\"c4n4ry\"")]
    [InlineData(HttpStatusCode.OK, "[]")]
    [InlineData(HttpStatusCode.OK, "{}")]
    [InlineData(HttpStatusCode.OK, "{\"access_token\":\"\"}")]
    [InlineData(HttpStatusCode.OK, "{\"access_token\":{\"value\":\"c4n4ry\"}}")]
    [InlineData(HttpStatusCode.OK, "{\"access_token\":\"c4n4ry\\r\\nX: y\"}")]
    [InlineData(HttpStatusCode.InternalServerError, "c4n4ry")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "{\"error\":\"invalid_grant\"}")]
    [InlineData(HttpStatusCode.TooManyRequests, "{}")]
    [InlineData(HttpStatusCode.BadRequest, "<html>c4n4ry</html>")]
    [InlineData(HttpStatusCode.BadRequest, "{\"error\":\"temporarily_unavailable\"}")]
    public async Task SendAsync_OnAnAnswerThatMayPass_SaysThatItIsUnavailable(HttpStatusCode status, string body)
    {
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials());
        _fixture.Endpoint.Answer = _ => TestTokenEndpoint.Json(body, status);

        var error = (await _fixture.Invoking(static fixture => fixture.SendAsync()).Should().ThrowAsync<AccountUnavailableException>()).Which;

        error.IsTransient.Should().BeTrue();
        error.AccountName.Should().Be("a");
        error.ToString().Should().NotContain("c4n4ry").And.NotContain("s3cr3t");
        _fixture.Authorizations.Should().BeEmpty();
        _fixture.Endpoint.Answer = static _ => TestTokenEndpoint.Tokens("good");
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        (await _fixture.AuthorizationAsync()).Should().Be("Bearer good");
    }

    [Theory]
    [InlineData("invalid_client", HttpStatusCode.Unauthorized)]
    [InlineData("invalid_client", HttpStatusCode.BadRequest)]
    [InlineData("unauthorized_client", HttpStatusCode.BadRequest)]
    [InlineData("invalid_scope", HttpStatusCode.BadRequest)]
    [InlineData("c4n4ry", HttpStatusCode.BadRequest)]
    [InlineData("incorrect_client_credentials", HttpStatusCode.OK)] // GitHub
    public async Task SendAsync_OnAnErrorThatStays_SaysSoAndAsksNoMore(string code, HttpStatusCode status)
    {
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials());
        _fixture.Endpoint.Answer = _ => TestTokenEndpoint.Error(code, status);

        for (var i = 0; i < 20; i++)
        {
            (await _fixture.Invoking(static fixture => fixture.SendAsync()).Should().ThrowAsync<AccountAuthenticationException>()).Which.ToString().Should().NotContain("c4n4ry");
        }

        _fixture.Endpoint.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData(HttpStatusCode.Found)]
    [InlineData(HttpStatusCode.TemporaryRedirect)]
    [InlineData(HttpStatusCode.PermanentRedirect)]
    public async Task SendAsync_OnARedirect_FollowsItNowhere(HttpStatusCode status)
    {
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials());
        _fixture.Endpoint.Answer = _ =>
        {
            var redirect = new HttpResponseMessage(status);
            redirect.Headers.Location = new Uri("https://evil.example/c4n4ry");
            return redirect;
        };

        (await _fixture.Invoking(static fixture => fixture.SendAsync()).Should().ThrowAsync<AccountAuthenticationException>()).Which.Message.Should().Contain("redirect").And.NotContain("evil");

        _fixture.Endpoint.Request.Uri.Host.Should().Be("idp.example");
    }

    [Fact]
    public async Task SendAsync_WhenTheEndpointIsDown_SaysSo()
    {
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials());
        _fixture.Endpoint.Answer = static _ => throw new HttpRequestException("c4n4ry");

        var error = (await _fixture.Invoking(static fixture => fixture.SendAsync()).Should().ThrowAsync<AccountUnavailableException>()).Which;

        error.ToString().Should().NotContain("c4n4ry");
    }

    [Fact]
    public async Task SendAsync_WhenTheEndpointHangs_GivesUpAfterHalfAMinute()
    {
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials());
        _fixture.Endpoint.Gate = new TaskCompletionSource().Task;

        var sending = _fixture.SendAsync();
        await VaultFixture.Eventually(() => _fixture.Endpoint.Requests.Count == 1);
        _fixture.Time.Advance(TimeSpan.FromSeconds(29));
        sending.IsCompleted.Should().BeFalse();
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));

        (await sending.Invoking(static task => task).Should().ThrowAsync<AccountUnavailableException>()).Which.Message.Should().Contain("in time");
    }

    [Fact]
    public async Task SendAsync_OnMoreThanAMegabyte_ReadsNoFurther()
    {
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials());
        var stream = new EndlessStream();
        _fixture.Endpoint.Answer = _ => new HttpResponseMessage { Content = new StreamContent(stream) };

        (await _fixture.Invoking(static fixture => fixture.SendAsync()).Should().ThrowAsync<AccountUnavailableException>()).Which.Message.Should().Contain("1 MiB");

        stream.Taken.Should().BeLessThan(3 * 1024 * 1024);
    }

    // How long a token is used, and whether a 401 without a word has it renewed.
    [Theory]
    [InlineData(", \"expires_in\": 600", 600, false)]
    [InlineData(", \"expires_in\": \"600\"", 600, false)]
    [InlineData(", \"expires_in\": 599.5", 600, false)]
    [InlineData("", 3_600, true)]
    [InlineData(", \"expires_in\": 0", 3_600, true)]
    [InlineData(", \"expires_in\": -5", 3_600, true)]
    [InlineData(", \"expires_in\": null", 3_600, true)]
    [InlineData(", \"expires_in\": \"soon\"", 3_600, true)]
    [InlineData(", \"expires_in\": 1e400", 3_600, true)]
    [InlineData(", \"expires_in\": 3600000", 86_400, true)] // milliseconds
    [InlineData(", \"expires_in\": 99999999999999999999", 3_600, true)]
    public async Task SendAsync_OfAnyExpiresIn_UsesTheTokenAsLongAsItCanBeGood(string expiresIn, int seconds, bool isAssumed)
    {
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials());
        _fixture.Endpoint.Answer = request => TestTokenEndpoint.Tokens($"token-{request.Number}", expiresIn);
        (await _fixture.AuthorizationAsync()).Should().Be("Bearer token-1");

        _fixture.Time.Advance(TimeSpan.FromSeconds((seconds / 2) - 1));
        (await _fixture.AuthorizationAsync()).Should().Be("Bearer token-1");
        _fixture.Time.Advance(TimeSpan.FromSeconds(seconds - (seconds / 2) + 1));

        (await _fixture.AuthorizationAsync()).Should().Be("Bearer token-2");
        _fixture.Authorizations.Clear();
        _fixture.Answer = static request => request.Headers.Authorization!.Parameter == "token-2" ? new HttpResponseMessage(HttpStatusCode.Unauthorized) : new HttpResponseMessage();
        using var response = await _fixture.SendAsync();
        response.StatusCode.Should().Be(isAssumed ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task SendAsync_OfATokenOfAnotherType_IsNotSent()
    {
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials());
        _fixture.Endpoint.Answer = static _ => TestTokenEndpoint.Json("""{"access_token":"a","token_type":"mac"}""");

        await _fixture.Invoking(static fixture => fixture.SendAsync()).Should().ThrowAsync<AccountAuthenticationException>();
    }

    [Fact]
    public async Task SendAsync_OverManyAccountsWithNamesThatCollideWhenJoined_SendsEachItsOwn()
    {
        await using var services = new TokenFixture();
        services.Endpoint.Answer = static request => TestTokenEndpoint.Tokens($"{request.Header("Authorization")!["Basic ".Length..]}");
        (string Client, string[] Scopes)[] grants = [("a:b", ["c"]), ("a", ["b:c"]), ("ab", ["c"]), ("a", ["bc"]), ("a", ["b", "c"]), ("a", ["b,c"]), ("A", ["bc"]), ("a\u0301", ["c"]), ("\u00e1", ["c"])];
        for (var i = 0; i < grants.Length; i++)
        {
            await services.Vault.SaveAsync(TokenFixture.ClientCredentials() with { ClientId = grants[i].Client, Scopes = [.. grants[i].Scopes] });
            await services.AuthorizationAsync();
        }

        services.Endpoint.Requests.Should().HaveCount(grants.Length, "no two share tokens");
    }

    private sealed class EndlessStream : Stream
    {
        public long Taken { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Taken += count;
            buffer.AsSpan(offset, count).Fill((byte)' ');
            return count;
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
