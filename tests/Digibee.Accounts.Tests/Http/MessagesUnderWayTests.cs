namespace Digibee.Accounts;

/// <summary>One message sent twice at once: each send would take the other's credential for the caller's own header, and put it back for good.</summary>
public sealed class MessagesUnderWayTests : NetworkTest
{
    [Fact]
    public async Task SendAsync_OfAMessageThatIsStillUnderWay_IsRefusedAndTheFirstSendUnharmed()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        var received = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        Network.AnswerBody = async (_, _) =>
        {
            received.TrySetResult();
            await answer.Task;
        };
        using var handler = new HttpMessageInvoker(accounts.CreateHandler("bearer", Network.CreateHandler()));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/");
        var first = handler.SendAsync(request, CancellationToken.None);
        await received.Task;

        var again = () => handler.SendAsync(request, CancellationToken.None);

        (await again.Should().ThrowAsync<AccountUnavailableException>()).Which.IsTransient.Should().BeFalse();
        answer.SetResult();
        using var response = await first;
        request.Headers.Authorization.Should().BeNull();
        TestAccounts.Carries(Network.Request, "oauth-bearer").Should().BeTrue();
    }

    [Fact]
    public async Task SendAsync_OfAMessageThatHasBeenSent_IsNoMistake()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        using var handler = new HttpMessageInvoker(accounts.CreateHandler("bearer", new TestPrimaryHandler()));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/");

        using var first = await handler.SendAsync(request, CancellationToken.None);
        using var second = await handler.SendAsync(request, CancellationToken.None);

        second.IsSuccessStatusCode.Should().BeTrue();
    }

    [Fact]
    public void TryAdd_OfOneMessageTwice_TellsUntilItIsRemoved()
    {
        using var message = new HttpRequestMessage();

        MessagesUnderWay.TryAdd(message).Should().BeTrue();
        MessagesUnderWay.TryAdd(message).Should().BeFalse();
        MessagesUnderWay.Remove(message);
        MessagesUnderWay.TryAdd(message).Should().BeTrue();
        MessagesUnderWay.Remove(message);
    }
}
