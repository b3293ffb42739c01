using System.Net;

namespace Digibee.Accounts;

/// <summary>Every HTTP type goes on the wire once and is gone from the message afterwards, through Send and SendAsync.</summary>
public sealed class AccountHandlerTests : NetworkTest
{
    public static TheoryData<string, bool> Cases => new MatrixTheoryData<string, bool>(TestAccounts.All(AllowedOrigins.None).Select(static account => account.Name), [false, true]);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Send_WithAnAccount_PutsItOnTheWireOnceAndLeavesTheMessageAsItCame(string name, bool synchronously)
    {
        await using var accounts = await TestAccounts.CreateAsync([.. TestAccounts.All(["https://api.example"])]);
        using var client = Client(accounts, name);
        using var request = Message();
        var before = request.ToString();

        using var response = await client.SendAsync(request, synchronously);

        TestAccounts.Carries(Network.Request, name).Should().BeTrue();
        Network.Request.Header("X-Mine").Should().Be("1");
        request.ToString().Should().Be(before);
        response.RequestMessage.Should().BeSameAs(request);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Send_WhenTheConnectionFails_LeavesTheMessageAsItCame(string name, bool synchronously)
    {
        await using var accounts = await TestAccounts.CreateAsync([.. TestAccounts.All(["https://api.example"])]);
        string? onTheWire = null;
        using var client = new HttpClient(accounts.CreateHandler(name, new TestPrimaryHandler(request =>
        {
            onTheWire = request.ToString();
            throw new HttpRequestException("The connection broke.");
        })));
        using var request = Message();
        var before = request.ToString();

        var sending = () => client.SendAsync(request, synchronously);

        await sending.Should().ThrowAsync<HttpRequestException>();
        onTheWire.Should().NotBe(before);
        request.ToString().Should().Be(before);
    }

    [Fact]
    public async Task SendAsync_CancelledWhileTheServerThinks_LeavesTheMessageAsItCame()
    {
        await using var accounts = await TestAccounts.CreateAsync([.. TestAccounts.All(["https://api.example"])]);
        using var client = new HttpClient(accounts.CreateHandler(["api-key-query", "basic"], Network.CreateHandler()));
        using var cancellation = new CancellationTokenSource();
        Network.Answer = (_, _) => cancellation.Cancel();
        Network.AnswerBody = static (_, response) => Task.Delay(Timeout.Infinite, response.HttpContext.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
        using var request = Message();
        var before = request.ToString();

        var sending = () => client.SendAsync(request, cancellation.Token);

        await sending.Should().ThrowAsync<OperationCanceledException>();
        TestAccounts.Carries(Network.Request, "basic").Should().BeTrue();
        request.ToString().Should().Be(before);
    }

    [Fact]
    public async Task SendAsync_WhenTheCallerDisposesTheResponseUnread_LeavesTheMessageAsItCame()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        using var client = Client(accounts, "bearer");
        Network.AnswerBody = static (_, response) => response.Body.WriteAsync(new byte[100_000]).AsTask();
        using var request = Message();
        var before = request.ToString();

        (await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead)).Dispose();

        request.ToString().Should().Be(before);
    }

    [Fact]
    public async Task Send_OverACustomPrimaryThatNeedsNoSockets_AppliesTheAccount()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        string? authorization = null;
        using var client = new HttpClient(accounts.CreateHandler("bearer", new TestPrimaryHandler(request =>
        {
            authorization = request.Headers.Authorization!.ToString();
            return new HttpResponseMessage(HttpStatusCode.Accepted);
        })));
        using var request = Message();

        using var response = client.Send(request);

        authorization.Should().Be("Bearer " + TestAccounts.SecretText);
        response.StatusCode.Should().Be(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task SendAsync_OverAHandlerThatSendsACopy_DoesNotHandOutTheCopy()
    {
        await using var accounts = await TestAccounts.CreateAsync([.. TestAccounts.All(["https://api.example"])]);
        using var client = new HttpClient(accounts.CreateHandler(["api-key-query", "basic"], new TestPrimaryHandler(static request =>
        {
            var copy = new HttpRequestMessage(HttpMethod.Put, request.RequestUri);
            copy.Headers.Authorization = request.Headers.Authorization;
            return new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = copy };
        })));
        using var request = Message();

        using var response = await client.SendAsync(request);

        response.RequestMessage!.Method.Should().Be(HttpMethod.Put);
        response.RequestMessage.RequestUri.Should().Be(request.RequestUri);
        response.RequestMessage.Headers.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_WithExpectContinue_SendsTheBodyOnceTheServerAgrees()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        using var client = Client(accounts, "bearer");
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.example/") { Content = new StringContent("body") };
        request.Headers.ExpectContinue = true;

        using var response = await client.SendAsync(request);

        Network.Request.Body.Should().Be("body");
        TestAccounts.Carries(Network.Request, "oauth-bearer").Should().BeTrue();
        request.Headers.ExpectContinue.Should().BeTrue();
    }

    [Fact]
    public async Task SendAsync_WhenTheCallerDisposesTheMessageMeanwhile_DisposesTheAnswerItCannotHandOut()
    {
        await using var accounts = await TestAccounts.CreateAsync([.. TestAccounts.All(["https://api.example"])]);
        using var answer = new HttpResponseMessage { Content = new StringContent("body") };
        using var client = new HttpClient(accounts.CreateHandler("api-key-query", new TestPrimaryHandler(request =>
        {
            request.Dispose();
            return answer;
        })));

        var sending = () => client.SendAsync(Message());

        await sending.Should().ThrowAsync<ObjectDisposedException>();
        await answer.Content.Invoking(static content => content.ReadAsStringAsync()).Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task SendAsync_WhenTheCallerDisposesAMessageWithSeveralAccounts_TakesOffWhatCanBe()
    {
        await using var accounts = await TestAccounts.CreateAsync([.. TestAccounts.All(["https://api.example"])]);
        using var client = new HttpClient(accounts.CreateHandler(["basic", "api-key-query"], new TestPrimaryHandler(static request =>
        {
            request.Dispose();
            return new HttpResponseMessage();
        })));
        using var message = Message();

        var sending = () => client.SendAsync(message);

        await sending.Should().ThrowAsync<ObjectDisposedException>();
        message.Headers.Should().ContainSingle().Which.Key.Should().Be("X-Mine");
    }

    private static HttpRequestMessage Message() => new(HttpMethod.Get, "https://api.example/orders?a=1%2F2") { Headers = { { "X-Mine", "1" } } };
}
