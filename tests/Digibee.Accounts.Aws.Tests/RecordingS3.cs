using System.Net;
using Amazon.Runtime;

namespace Digibee.Accounts;

/// <summary>In place of S3: keeps what the SDK's client sends, and answers with an empty list of buckets.</summary>
internal sealed class RecordingS3 : HttpClientFactory
{
    public List<RecordedRequest> Requests { get; } = [];

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Recorder(Requests));

    private sealed class Recorder(List<RecordedRequest> requests) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var headers = request.Headers.NonValidated.ToDictionary(static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            headers.TryAdd("Host", request.RequestUri!.Authority);
            requests.Add(new(request.RequestUri.Scheme, headers["Host"], request.Method.Method, request.RequestUri.PathAndQuery, headers, ""));
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent("<ListAllMyBucketsResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Buckets /></ListAllMyBucketsResult>"),
                RequestMessage = request,
            });
        }
    }
}
