using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Signing;

namespace Digibee.Accounts;

/// <summary>One URL, presigned by an account and by AWSSDK.Core.</summary>
internal sealed class AwsV4PresignSubject : IDisposable
{
    private static readonly Uri Resource = new("https://bucket.s3.eu-central-1.amazonaws.com/reports/2026/november.pdf?response-content-type=application%2Fpdf");
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private readonly AccountsServices _services = new(static _ => { });
    private readonly IAwsV4Presigner _presigner;
    private readonly AWSSigV4Parameters _parameters;

    public AwsV4PresignSubject()
    {
        var account = new AwsV4Account { Name = "aws", AccessKeyId = "AKIDEXAMPLE", SecretAccessKey = new Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY") };
        _parameters = new AWSSigV4Parameters { Credentials = new BasicAWSCredentials(account.AccessKeyId, account.SecretAccessKey.Reveal()), Region = RegionEndpoint.EUCentral1, Service = "s3", SignPayload = false };
        try
        {
            _services.Save(account);
            _presigner = _services.Get<IAwsV4Presigner>();

            // What has to be asked for once is at hand from here on.
            using var request = new HttpRequestMessage(HttpMethod.Get, Resource);
            _presigner.PresignAsync("aws", request, Lifetime).AsTask().GetAwaiter().GetResult();

            // Once more if a new second began between the two.
            if (!SignsAlike() && !SignsAlike())
            {
                throw new InvalidOperationException("The account and the SDK do not sign the same.");
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public Uri SignOurs()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Resource);
        var signing = _presigner.PresignAsync("aws", request, Lifetime);

        // Work that goes on elsewhere is not seen by this thread's clock.
        return signing.IsCompletedSuccessfully ? signing.Result.Uri : throw new InvalidOperationException("The URL was not signed on the thread that asked for it.");
    }

    public Uri SignSdk() => AWSSigV4Signer.Presign(new AWSSigningRequest { HttpMethod = HttpMethod.Get, RequestUri = Resource }, _parameters, Lifetime).Uri;

    public void Dispose() => _services.Dispose();

    private bool SignsAlike() => SignatureOf(SignOurs()) == SignatureOf(SignSdk());

    // The order of the parameters is each signer's own.
    private static string SignatureOf(Uri uri) => uri.Query.Split('?', '&').Single(static parameter => parameter.StartsWith("X-Amz-Signature=", StringComparison.Ordinal));
}
