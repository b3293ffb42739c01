using Amazon.S3;
using Amazon.S3.Model;

namespace Digibee.Accounts;

/// <summary>A client of the AWS SDK with credentials of the vault, against a server that verifies them.</summary>
[Collection<S3SwiftServer>]
public sealed class AwsV4SdkClientTests(S3SwiftServer server)
{
    [Fact]
    public async Task Client_MadeOnce_FollowsTheAccount()
    {
        await using var accounts = await AccountHttpClient.CreateAsync(server.Account with { SecretAccessKey = new Secret("another secret") });
        using var client = new AmazonS3Client(accounts.Vault.GetAwsCredentials("s3"), new AmazonS3Config
        {
            ServiceURL = server.Endpoint.ToString(),
            AuthenticationRegion = server.Account.Region,
            ForcePathStyle = true,
        });
        var bucket = $"bucket-{Guid.NewGuid():N}";
        var creating = () => client.PutBucketAsync(bucket);

        (await creating.Should().ThrowAsync<AmazonS3Exception>()).Which.ErrorCode.Should().Be("SignatureDoesNotMatch");
        await accounts.Vault.SaveAsync(server.Account);
        await creating();
        var listed = await client.ListBucketsAsync(new ListBucketsRequest());

        listed.Buckets.Select(static one => one.BucketName).Should().Contain(bucket);
    }
}
