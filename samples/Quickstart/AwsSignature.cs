using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Signing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Quickstart;

/// <summary>Checks a signature as AWS would, by means of the AWS SDK: it signs what arrived, as of the time that the message states, and compares.</summary>
internal static class AwsSignature
{
    private static readonly AWSCredentials Credentials = new BasicAWSCredentials(Samples.AwsAccessKeyId, Samples.AwsSecretAccessKey);

    public static bool IsGood(HttpRequest request)
    {
        if (!DateTime.TryParseExact(request.Headers["X-Amz-Date"], "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var signedAt)
            || DateTime.UtcNow - signedAt > TimeSpan.FromMinutes(5))
        {
            return false;
        }

        var arrived = new AWSSigningRequest { HttpMethod = new HttpMethod(request.Method), RequestUri = new Uri(request.GetEncodedUrl()) };
        var parameters = new AWSSigV4Parameters { Credentials = Credentials, Region = RegionEndpoint.EUCentral1, Service = "execute-api", SignedAt = signedAt };
        var expected = AWSSigV4Signer.Sign(arrived, parameters).Headers["Authorization"];
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(request.Headers.Authorization.ToString()));
    }
}
