namespace Digibee.Accounts;

/// <summary>A presigned URL in the hands of somebody who has no account: a plain client, and what it is told to send.</summary>
internal static class PresignedUrl
{
    /// <summary>Signs a URL with the account <c>s3</c> and sends it.</summary>
    /// <param name="accounts">Where the account is.</param>
    /// <param name="method">The method.</param>
    /// <param name="uri">The URL without a signature.</param>
    /// <param name="content">The body. Whoever signs knows its headers.</param>
    /// <param name="signing">How it is signed.</param>
    /// <param name="change">What becomes of the URL on its way.</param>
    /// <param name="lifetime">How long it is good; five minutes by default.</param>
    public static async Task<HttpResponseMessage> SendAsync(
        AccountHttpClient accounts, HttpMethod method, Uri uri, HttpContent? content = null, AwsV4Signing? signing = null, Func<string, string>? change = null, TimeSpan? lifetime = null)
    {
        using var toSign = new HttpRequestMessage(method, uri) { Content = content };
        var options = new AwsV4PresignOptions { Signing = signing ?? new AwsV4Signing() };
        var signed = await accounts.Presigner.PresignAsync("s3", toSign, lifetime ?? TimeSpan.FromMinutes(5), options);

        // The body is the caller's, as it was given.
        toSign.Content = null;
        var address = change is null ? signed.Uri : new Uri(change(signed.Uri.AbsoluteUri));
        using var request = new HttpRequestMessage(signed.Method, address) { Content = content };
        foreach (var (name, value) in signed.Headers.Where(header => content?.Headers.NonValidated.Contains(header.Key) != true))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var response = await client.SendAsync(request);

        // What was sent stays the caller's.
        request.Content = null;
        response.RequestMessage = new HttpRequestMessage(method, uri);
        return response;
    }
}
