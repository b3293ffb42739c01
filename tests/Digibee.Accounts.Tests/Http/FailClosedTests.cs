using System.Net;

namespace Digibee.Accounts;

/// <summary>An account was asked for and cannot be applied: a typed error that tells nothing, and nothing is sent.</summary>
public sealed class FailClosedTests : IDisposable
{
    private readonly TestPrimaryHandler _primary = new();

    public void Dispose() => _primary.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Send_WithAnUnknownAccount_SendsNothing(bool synchronously)
    {
        await using var accounts = TestAccounts.Create();
        using var client = new HttpClient(accounts.CreateHandler("nobody", _primary));

        var sending = () => client.SendAsync(Message(), synchronously);

        (await sending.Should().ThrowAsync<AccountNotFoundException>()).Which.AccountName.Should().Be("nobody");
        _primary.Sent.Should().Be(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Send_WithAnAccountThatDoesNotGoOnMessages_SendsNothing(bool synchronously)
    {
        var mail = new SmtpAccount { Name = "mail", Host = "mail.example", Port = 587, AllowedOrigins = AllowedOrigins.Any };
        using var client = new TestSource((_, _, _) => new(TestSource.Opened(mail))).CreateClient(_primary, ["mail"]);

        var sending = () => client.SendAsync(Message(), synchronously);

        (await sending.Should().ThrowAsync<AccountTypeMismatchException>()).WithMessage("*'mail'*SMTP*");
        _primary.Sent.Should().Be(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Send_WhenTheVaultFailsLater_SendsNothing(bool synchronously)
    {
        using var client = new TestSource(static async (address, _, _) =>
        {
            await Task.Yield();
            throw new AccountUnavailableException(address.Name, "The store cannot be reached.");
        }).CreateClient(_primary, ["crm"]);

        var sending = () => client.SendAsync(Message(), synchronously);

        (await sending.Should().ThrowAsync<AccountUnavailableException>()).Which.IsTransient.Should().BeTrue();
        _primary.Sent.Should().Be(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Send_WhenTheVaultAnswersLater_WaitsAndApplies(bool synchronously)
    {
        using var client = new TestSource(static async (_, _, _) =>
        {
            await Task.Yield();
            return TestSource.Opened(Basic());
        }).CreateClient(_primary, ["basic"]);

        using var response = await client.SendAsync(Message(), synchronously);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        _primary.Sent.Should().Be(1);
    }

    [Fact]
    public async Task SendAsync_WhenTheVaultFailedOnce_AppliesTheAccountToTheRetryOfTheSameMessage()
    {
        var opened = 0;
        using var invoker = new HttpMessageInvoker(new AccountHandler(
            new AccountClient(
                TestPipeline.Create(
                    new TestSource((address, _, _) => opened++ == 0 ? throw new AccountUnavailableException(address.Name, "Not now.") : new(TestSource.Opened(Basic()))),
                    new AccountTypeHandler<BasicAccount>(new BasicAuthenticator())),
                "test",
                [],
                configure: null),
            new TestPrimaryHandler(static request => new HttpResponseMessage { Content = new StringContent(request.Headers.Authorization?.Scheme ?? "bare") })));
        using var request = Message().UseAccount("basic");

        var first = () => invoker.SendAsync(request, default);
        await first.Should().ThrowAsync<AccountUnavailableException>();
        using var second = await first();

        (await second.Content.ReadAsStringAsync()).Should().Be("Basic");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Send_WhenAnAuthenticatorFails_SendsNothingAndTellsNothingOfTheCause(bool synchronously, bool later)
    {
        using var client = WithAuthenticator(async (request, account) =>
        {
            request.SetHeader("X-Half", account.Password.Reveal());
            if (later)
            {
                await Task.Yield();
            }

            throw new FormatException("The format of value 's3cr3t' is invalid.") { Data = { ["value"] = "s3cr3t" } };
        });
        using var request = Message();

        var sending = () => client.SendAsync(request, synchronously);

        var error = (await sending.Should().ThrowAsync<AccountUnavailableException>()).Which;
        error.Message.Should().Contain("'basic'").And.Contain(nameof(FormatException));
        error.IsTransient.Should().BeFalse();
        error.InnerException.Should().BeNull();
        error.Data.Count.Should().Be(0);
        error.ToString().Should().NotContain("s3cr3t");
        request.Headers.Should().BeEmpty();
        _primary.Sent.Should().Be(0);
    }

    [Fact]
    public async Task SendAsync_WhenAnAuthenticatorIsCancelledByItself_IsNoCancellationOfTheCaller()
    {
        using var client = WithAuthenticator(static (_, _) => throw new TaskCanceledException("s3cr3t"));

        var sending = () => client.SendAsync(Message());

        (await sending.Should().ThrowAsync<AccountUnavailableException>()).Which.ToString().Should().NotContain("s3cr3t");
        _primary.Sent.Should().Be(0);
    }

    [Fact]
    public async Task SendAsync_CancelledByTheCallerWhileApplying_IsCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        using var client = WithAuthenticator((_, _) =>
        {
            cancellation.Cancel();
            throw new OperationCanceledException(cancellation.Token);
        });

        var sending = () => client.SendAsync(Message(), cancellation.Token);

        await sending.Should().ThrowAsync<OperationCanceledException>();
        _primary.Sent.Should().Be(0);
    }

    [Fact]
    public async Task SendAsync_WhenAnAuthenticatorRefuses_LetsItsErrorThrough()
    {
        var refusal = new AccountAuthenticationException("basic", "The identity provider refused the account.");
        using var client = WithAuthenticator((_, _) => throw refusal);

        var sending = () => client.SendAsync(Message());

        (await sending.Should().ThrowAsync<AccountAuthenticationException>()).Which.Should().BeSameAs(refusal);
        _primary.Sent.Should().Be(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Send_WhenTheReviewFails_DisposesTheAnswerAndTellsNothingOfTheCause(bool synchronously)
    {
        using var answer = new HttpResponseMessage { Content = new StringContent("body") };
        using var client = new TestSource(static (_, _, _) => new(TestSource.Opened(Basic()))).CreateClient(new TestPrimaryHandler(_ => answer), ["basic"], options =>
            options.UseAuthenticator(new TestAuthenticator<BasicAccount>(review: static (_, _) => throw new InvalidOperationException("s3cr3t"))));

        var sending = () => client.SendAsync(Message(), synchronously);

        (await sending.Should().ThrowAsync<AccountUnavailableException>()).Which.ToString().Should().NotContain("s3cr3t");
        await answer.Content.Invoking(static content => content.ReadAsStringAsync()).Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task SendAsync_ForAProject_OpensTheAccountForTheRequestsOrElseTheClientsOrElseTheProgramsProject()
    {
        var projects = new List<string?>();
        var source = new TestSource((_, project, _) =>
        {
            projects.Add(project);
            return new(TestSource.Opened(Basic()));
        })
        {
            DefaultProject = "program",
        };
        using var withoutProject = source.CreateClient(_primary, ["basic"]);
        using var withProject = source.CreateClient(_primary, ["basic"], static options => options.Project = "client");

        using var first = await withoutProject.SendAsync(Message());
        using var second = await withProject.SendAsync(Message());
        using var third = await withProject.SendAsync(Message().UseAccount(new AccountAddress("default", "test", "basic"), "request"));

        projects.Should().Equal("program", "client", "request");
    }

    private static BasicAccount Basic() => new() { Name = "basic", UserName = "u", Password = new Secret("s3cr3t"), AllowedOrigins = ["https://api.example"] };

    private static HttpRequestMessage Message() => new(HttpMethod.Get, "https://api.example/");

    private HttpClient WithAuthenticator(Func<AccountRequest, BasicAccount, ValueTask> authenticate) =>
        new TestSource(static (_, _, _) => new(TestSource.Opened(Basic()))).CreateClient(_primary, ["basic"], options => options.UseAuthenticator(new TestAuthenticator<BasicAccount>(authenticate)));
}
