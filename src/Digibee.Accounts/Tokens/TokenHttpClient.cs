using System.Net;
using System.Net.Http.Headers;

namespace Digibee.Accounts;

/// <summary>Sends token requests: no redirect is followed, no cookie kept, no answer of more than 1 MiB read, and none waited for longer than half a minute.</summary>
internal sealed class TokenHttpClient : IDisposable
{
    private const int MaxLength = 1024 * 1024;

    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(30);
    private static readonly MediaTypeWithQualityHeaderValue Json = new("application/json");

    private readonly HttpMessageInvoker _trusted;
    private readonly HttpMessageInvoker _fromData;
    private readonly TokenCertificates _certificates;
    private readonly TimeProvider _time;

    public TokenHttpClient(TokenHandlerFactory handlers, TokenCertificates certificates, TimeProvider time)
    {
        _trusted = new HttpMessageInvoker(handlers.Create(false));
        _fromData = new HttpMessageInvoker(handlers.Create(true));
        _certificates = certificates;
        _time = time;
    }

    /// <summary>Sends one request. Whatever goes wrong on the way is an error in words, without a text of the other side or of the platform.</summary>
    /// <param name="accountName">The account that it is for.</param>
    /// <param name="endpoint">Where it goes.</param>
    /// <param name="certificate">The Certificate Chain account that is presented; <see langword="null"/> for none.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="AccountException">One of the accounts may not be used there, or not at all. Nothing is sent then.</exception>
    public async Task<(TokenReply? Reply, TokenError? Error)> SendAsync(string accountName, TokenEndpoint endpoint, OpenedAccount? certificate, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!endpoint.IsConfidential)
        {
            throw new AccountOriginException(accountName, $"Account '{accountName}' was not sent to its token endpoint: that is not an https URI without user information. Correct it; http is for loopback only.");
        }

        // Behind a proxy nobody looks at the address that is connected to; what is written in the URI is seen here.
        if (IPAddress.TryParse(endpoint.Uri.IdnHost, out var literal) && AddressRules.IsNever(literal))
        {
            return (null, NotAsked(accountName));
        }

        using var own = certificate is null ? null : _certificates.Create(certificate, endpoint);
        using var longest = new CancellationTokenSource(LongestRequest, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(longest.Token, cancellationToken);
        request.Headers.Accept.Add(Json);
        try
        {
            using var response = await (own?.Invoker ?? (endpoint.IsFromData ? _fromData : _trusted)).SendAsync(request, either.Token).ConfigureAwait(false);
            var body = await ReadAsync(response.Content, either.Token).ConfigureAwait(false);
            return body is null
                ? (null, Unavailable(accountName, "answered with more than 1 MiB"))
                : (new TokenReply(response.StatusCode, body, RetryAfterOf(response), NonceOf(response)), null);
        }
        catch (HttpRequestException exception) when (exception.InnerException is AccountOriginException)
        {
            return (null, NotAsked(accountName));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            var why = exception is OperationCanceledException ? "did not answer in time" : $"could not be reached ({exception.GetType().Name})";
            return (null, Unavailable(accountName, certificate is null ? why : $"{why}, or does not take the certificate of account '{certificate.Address.Name}'"));
        }
    }

    public void Dispose()
    {
        _trusted.Dispose();
        _fromData.Dispose();
    }

    private static TokenError NotAsked(string accountName) => new(
        TokenErrorKind.Definitive,
        $"The token endpoint of account '{accountName}' is not asked: its name leads to a private or link-local address. A private one is reached if the program registers the endpoint, or names the host in {nameof(DigibeeAccountsOptions)}.{nameof(DigibeeAccountsOptions.PrivateTokenHosts)}.");

    private static TokenError Unavailable(string accountName, string what) =>
        new(TokenErrorKind.Transient, $"The token endpoint of account '{accountName}' {what}. It is tried again in a moment.");

    // Null when there is more than anybody should send.
    private static async Task<SecretBuffer?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        using var body = new SecretBufferWriter();
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var length = 0;
            int read;
            while ((read = await stream.ReadAsync(body.GetMemory(), cancellationToken).ConfigureAwait(false)) > 0)
            {
                body.Advance(read);
                length += read;
                if (length > MaxLength)
                {
                    return null;
                }
            }
        }

        return body.ToSecretBuffer();
    }

    private TimeSpan? RetryAfterOf(HttpResponseMessage response)
    {
        var wait = response.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - _time.GetUtcNow() : null;
        return wait > TimeSpan.Zero ? wait : null;
    }

    private static string? NonceOf(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("DPoP-Nonce", out var nonces) && nonces.Count == 1 && nonces.ToString() is { Length: > 0 and <= 1024 } nonce ? nonce : null;
}
