namespace Digibee.Accounts;

/// <summary>Sends one request with one account, without a vault that might refuse to save it, and shows what would be on the wire.</summary>
internal static class TestSend
{
    public static async Task<string?> HeaderAsync(Account account, string name)
    {
        string? value = null;
        await SendAsync(account, "https://api.example/", request => value = request.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null);
        return value;
    }

    public static async Task<string> PathAndQueryAsync(Account account, string uri)
    {
        var value = "";
        await SendAsync(account, uri, request => value = request.RequestUri!.PathAndQuery);
        return value;
    }

    public static async Task<AccountValidationException> RefusedAsync(Account account)
    {
        var sent = false;
        var sending = () => SendAsync(account, "https://api.example/", _ => sent = true);

        var error = (await sending.Should().ThrowAsync<AccountValidationException>()).Which;
        sent.Should().BeFalse();
        error.AccountName.Should().Be(account.Name);
        return error;
    }

    private static async Task SendAsync(Account account, string uri, Action<HttpRequestMessage> look)
    {
        using var client = new TestSource((_, _, _) => new(TestSource.Opened(account))).CreateClient(
            new TestPrimaryHandler(request =>
            {
                look(request);
                return new HttpResponseMessage();
            }),
            [account.Name]);
        using var response = await client.GetAsync(uri);
    }
}
