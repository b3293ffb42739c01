using System.Security.Cryptography;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Signing;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>One request, signed by three: an account, the handler of AWSSDK.Core, and nobody, with the hashes that no signer can do without. All over the same stub.</summary>
internal sealed class AwsV4Subject : IDisposable
{
    // What a day of the example's service looks like: 400 bytes of canonical request, 138 of text to sign.
    private const int CanonicalRequestBytes = 400;
    private const int StringToSignBytes = 138;

    private static readonly Uri Resource = new("https://sqs.eu-central-1.amazonaws.com/123456789012/orders?Action=GetQueueAttributes&Version=2012-11-05");
    private static readonly byte[] CanonicalRequest = new byte[CanonicalRequestBytes];
    private static readonly byte[] StringToSign = new byte[StringToSignBytes];
    private static readonly byte[] Key = new byte[HMACSHA256.HashSizeInBytes];

    private readonly byte[]? _body;
    private readonly StubPrimaryHandler _primary = new();
    private readonly SigV4SigningHandler _sdkHandler;
    private readonly AccountsServices _ourServices;
    private readonly ServiceProvider _peerServices;
    private readonly HttpClient _ours;
    private readonly HttpClient _sdk;
    private readonly HttpClient _unsigned;

    public AwsV4Subject(int bodyBytes)
    {
        _body = bodyBytes == 0 ? null : new byte[bodyBytes];
        var account = new AwsV4Account { Name = "aws", AccessKeyId = "AKIDEXAMPLE", SecretAccessKey = new Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), Service = "sqs", Region = "eu-central-1" };
        _sdkHandler = new SigV4SigningHandler(new BasicAWSCredentials(account.AccessKeyId, account.SecretAccessKey.Reveal()), RegionEndpoint.EUCentral1, "sqs", _primary);
        _ourServices = new AccountsServices(services => Over(services.AddHttpClient("ours"), _primary).UseAccount(account.Name));
        var peers = new ServiceCollection();
        Over(peers.AddHttpClient("sdk"), _sdkHandler);
        Over(peers.AddHttpClient("unsigned"), _primary);
        _peerServices = peers.BuildServiceProvider();
        try
        {
            _ourServices.Save(account);
            _ours = _ourServices.Get<IHttpClientFactory>().CreateClient("ours");
            _sdk = _peerServices.GetRequiredService<IHttpClientFactory>().CreateClient("sdk");
            _unsigned = _peerServices.GetRequiredService<IHttpClientFactory>().CreateClient("unsigned");
            CheckBoth();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void SendOurs() => Send(_ours);

    public void SendSdk() => Send(_sdk);

    /// <summary>Sends without a signature, and computes hashes of the lengths that a signature of this request takes.</summary>
    public void SendFloor()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (_body is not null)
        {
            SHA256.HashData(_body, hash);
        }

        SHA256.HashData(CanonicalRequest, hash);
        HMACSHA256.HashData(Key, StringToSign, hash);
        Send(_unsigned);
    }

    public void Dispose()
    {
        _ours?.Dispose();
        _sdk?.Dispose();
        _unsigned?.Dispose();
        _ourServices.Dispose();
        _peerServices.Dispose();
        _sdkHandler.Dispose();
        _primary.Dispose();
    }

    // The factory's logging would be most of the time, and is the same for all.
    private static IHttpClientBuilder Over(IHttpClientBuilder builder, HttpMessageHandler primary) => builder.RemoveAllLoggers().ConfigurePrimaryHttpMessageHandler(() => primary);

    private void Send(HttpClient client)
    {
        // Three headers that both sign.
        using var request = new HttpRequestMessage(_body is null ? HttpMethod.Get : HttpMethod.Post, Resource);
        request.Headers.TryAddWithoutValidation("X-Amz-Target", "AmazonSQS.GetQueueAttributes");
        request.Headers.TryAddWithoutValidation("X-Amz-Meta-Tenant", "acme");
        request.Headers.TryAddWithoutValidation("X-Amz-Meta-Flow", "0f8fad5b-d9cb-469f-a165-70867728950e");
        if (_body is not null)
        {
            request.Content = new ByteArrayContent(_body);
        }

        var sending = client.SendAsync(request);
        if (!sending.IsCompletedSuccessfully)
        {
            // Work that goes on elsewhere is not seen by this thread's clock.
            throw sending.Exception?.InnerException ?? new InvalidOperationException("The request did not complete on the thread that sent it.");
        }

        sending.Result.Dispose();
    }

    private void CheckBoth()
    {
        // Once more if a new second began between the two.
        if (!GoesOutAlike() && !GoesOutAlike())
        {
            throw new InvalidOperationException("The account and the handler of the SDK do not send the same message.");
        }
    }

    private bool GoesOutAlike() => string.Equals(WhatGoesOut(_ours), WhatGoesOut(_sdk), StringComparison.OrdinalIgnoreCase);

    // Of a body, the SDK signs the length besides the hash: there, the two signatures differ, and what both have signed is compared.
    private string WhatGoesOut(HttpClient client)
    {
        var sent = "";
        _primary.Sending = request =>
        {
            var lines = request.Headers.ToString().Split('\n').Where(line => _body is null || !line.StartsWith("Authorization", StringComparison.Ordinal));
            sent = $"{request.Method} {request.RequestUri?.OriginalString}\n{string.Join('\n', lines.Order(StringComparer.OrdinalIgnoreCase))}";
        };
        Send(client);
        _primary.Sending = null;
        return sent;
    }
}
